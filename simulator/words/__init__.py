"""Words for people: numbers, money, pools, providers, targets, costs and assumptions within a sentence."""
