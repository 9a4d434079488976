"""The store as one person may read and change it: what screens and servers go through."""

from ui.app.workspace.editing import EditedDataset as EditedDataset
from ui.app.workspace.forgetting import forget as forget
from ui.app.workspace.visible_plan import VisiblePlan as VisiblePlan
from ui.app.workspace.visible_scenario import VisibleScenario as VisibleScenario
from ui.app.workspace.workspace import Workspace as Workspace
