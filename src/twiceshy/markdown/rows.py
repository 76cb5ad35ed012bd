"""A log kept as a table: one row per lesson, and the row for a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from twiceshy.markdown.dates import Written, find_date, says_day_first
from twiceshy.markdown.headline import read_headline
from twiceshy.markdown.inert import in_cell
from twiceshy.markdown.labels import PROBLEM, RULE
from twiceshy.markdown.roles import normalised, role_of
from twiceshy.model.document import Document, Table
from twiceshy.model.text import Span
