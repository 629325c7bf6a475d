"""What can follow what in the life of a listing: a service, a place or a happening."""

from turvaverkko.core.states import Machine

DRAFT = "draft"
IN_REVIEW = "in-review"
PUBLISHED = "published"
HIDDEN = "hidden"
ARCHIVED = "archived"

# Source: design WORKFLOWS, Listing. Hidden is a pause (a burst pipe, a holiday), archived is the end;
# what is archived can be taken back as a draft, because an NGO's group often returns next autumn.
LISTING = Machine(
    initial=DRAFT,
    moves={
        (DRAFT, "submit"): IN_REVIEW,
        (DRAFT, "archive"): ARCHIVED,
        (IN_REVIEW, "publish"): PUBLISHED,
        (IN_REVIEW, "return"): DRAFT,
        (IN_REVIEW, "archive"): ARCHIVED,
        (PUBLISHED, "hide"): HIDDEN,
        (PUBLISHED, "archive"): ARCHIVED,
        (HIDDEN, "publish"): PUBLISHED,
        (HIDDEN, "archive"): ARCHIVED,
        (ARCHIVED, "restore"): DRAFT,
    },
    terminal=frozenset({ARCHIVED}),
)
