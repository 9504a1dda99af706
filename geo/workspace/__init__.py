"""The workspace of a reader: what it holds, its file, what changed in it, how changes merge."""

from geo.workspace.archive import ARCHIVE_NAME, file_name, zip_workspaces
from geo.workspace.changes import RESTORED, format_label, label_change, label_of
from geo.workspace.document import (
    BRIEFING_PAGE,
    PAGE_NAMES,
    WORKSPACE_FILE_NAME,
    NamedRecipe,
    SavedView,
    Workspace,
    merge_workspaces,
    open_workspace,
    workspace_to_json,
)
from geo.workspace.merge import Merged, merge_changes

__all__ = [
    "ARCHIVE_NAME",
    "BRIEFING_PAGE",
    "PAGE_NAMES",
    "RESTORED",
    "WORKSPACE_FILE_NAME",
    "Merged",
    "NamedRecipe",
    "SavedView",
    "Workspace",
    "file_name",
    "format_label",
    "label_change",
    "label_of",
    "merge_changes",
    "merge_workspaces",
    "open_workspace",
    "workspace_to_json",
    "zip_workspaces",
]
