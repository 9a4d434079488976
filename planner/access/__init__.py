"""Who sees what, and who may do what: enforced where data is read, so that reports, exports and the
audit trail need not ask.
"""

from planner.access.audit_view import audit_for as audit_for
from planner.access.dataset_remarks import remarks_for as remarks_for
from planner.access.dataset_view import dataset_for as dataset_for
from planner.access.dataset_view import tables_for as tables_for
from planner.access.money_view import SeenAccount as SeenAccount
from planner.access.money_view import accounts_for as accounts_for
from planner.access.money_view import money_for as money_for
from planner.access.plan_view import document_for as document_for
from planner.access.plan_view import plan_for as plan_for
from planner.access.plan_view import view_for as view_for
from planner.access.plan_view import view_of as view_of
from planner.access.table import seen as seen
from planner.access.viewer import ACTIONS as ACTIONS
from planner.access.viewer import Denied as Denied
from planner.access.viewer import User as User
from planner.access.viewer import may as may
from planner.access.viewer import require as require
from planner.facts.who import ROLES as ROLES
from planner.facts.who import Level as Level
