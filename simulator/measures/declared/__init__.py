"""The measures, declared one by one: all that is known of each stands here, and nowhere else."""
