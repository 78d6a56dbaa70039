"""Signs in the whole text: danger, and what kind of answer is asked for; both are patterns over words."""
