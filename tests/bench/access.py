"""Who may open the stock admin that the benchmark compares with."""

from accounts.access import OFFICIAL
from portal.access import ACCESS

TABLE = {**ACCESS, "stock": OFFICIAL}
