"""What the site keeps of libraries: whose each is, what is still to complete, uploads, others' words, and packs."""

from library.models.foreign_words import ForeignWord
from library.models.libraries import Library
from library.models.packs import HeardRecall, PublishedName, PublishedPack, Subscription
from library.models.pictures import LibraryPicture
from library.models.reviews import ReviewElsewhere
from library.models.to_complete import ToComplete
from library.models.uploads import LibraryUpload

__all__ = [
    "ForeignWord",
    "HeardRecall",
    "Library",
    "LibraryPicture",
    "LibraryUpload",
    "PublishedName",
    "PublishedPack",
    "ReviewElsewhere",
    "Subscription",
    "ToComplete",
]
