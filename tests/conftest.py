"""What all tests share: a property may take its time, since a busy machine is no fault of what it is about."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
