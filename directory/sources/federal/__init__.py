"""SAMHSA's directory and its list of opioid treatment programs, in every form they are published in."""
