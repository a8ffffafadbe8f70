"""Many runs: cases and replications, who carries them out, and the folders that keep what is finished."""
