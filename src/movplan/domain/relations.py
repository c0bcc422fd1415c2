"""Words for what a member is to the principal, and those written for them elsewhere."""

RELATIONS = (
    "principal",
    "spouse",
    "child",
    "parent",
    "sibling",
    "grandparent",
    "grandchild",
    "uncle",
    "aunt",
    "nephew",
    "niece",
    "cousin",
    "in-law",
    "guardian",
    "ward",
    "relative",
    "colleague",
    "other",
)
"""In any letter case. The first five have a meaning in rules, grants and documents."""

MEANT = {
    "principal applicant": "principal",
    "applicant": "principal",
    "pa": "principal",
    "head": "principal",
    "head of household": "principal",
    "self": "principal",
    "wife": "spouse",
    "husband": "spouse",
    "son": "child",
    "daughter": "child",
    "mother": "parent",
    "father": "parent",
    "brother": "sibling",
    "sister": "sibling",
    "grandmother": "grandparent",
    "grandfather": "grandparent",
    "grandson": "grandchild",
    "granddaughter": "grandchild",
}
"""What stands for a word of other lists."""
