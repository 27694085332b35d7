"""The pages that bring both libraries together."""

from stretchsite.models.conditions import ConditionIndexPage, ConditionPage, HubSource
from stretchsite.models.daily_totals import DailyTotal
from stretchsite.models.generation import Generation
from stretchsite.models.home import HomePage, InformationPage, StartingRoutine
from stretchsite.models.reader_reports import ReaderReport
from stretchsite.models.restorations import Restoration
from stretchsite.models.sayings import Saying
from stretchsite.models.told_changes import ToldChange
from stretchsite.models.words import IndexedWord, KnownWord

__all__ = [
    "ConditionIndexPage",
    "ConditionPage",
    "DailyTotal",
    "Generation",
    "HomePage",
    "HubSource",
    "IndexedWord",
    "InformationPage",
    "KnownWord",
    "ReaderReport",
    "Restoration",
    "Saying",
    "StartingRoutine",
    "ToldChange",
]
