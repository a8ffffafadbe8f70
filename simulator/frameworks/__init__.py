"""Tools for frameworks: told in words, checked, compared with the one they extend, printed, and begun anew."""
