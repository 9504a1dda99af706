"""The workspace of a reader: tables, measures, presets and pages, as one file."""

from geo.workspace.document import (
    PAGE_NAMES,
    WORKSPACE_FILE_NAME,
    NamedRecipe,
    Workspace,
    merge_workspaces,
    open_workspace,
    workspace_to_json,
)

__all__ = [
    "PAGE_NAMES",
    "WORKSPACE_FILE_NAME",
    "NamedRecipe",
    "Workspace",
    "merge_workspaces",
    "open_workspace",
    "workspace_to_json",
]
