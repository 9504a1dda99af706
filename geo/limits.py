"""The limits of the atlas: the one table of what is counted, up to how many, and why.

Modules import a limit by its name. ``LIMITS`` lists all of them, ``docs/settings.md`` prints them.
What belongs to a drawing (lines of notes, widths of columns) or to a method of the index stands
with the code that draws or calculates.

The limits of uploads are looked up by name in ``UPLOAD_LIMITS``, as messages and tests name them. A
table of China's provinces is small: anything beyond them is a mistake or an attack, and is rejected
before it costs time or memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from geo.messages import N_

MB: Final = 1_000_000
kB: Final = 1_000  # noqa: N816  (the unit's own spelling)

Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Limit(Generic[Number]):
    """A maximum or, if its name begins with MIN, a minimum.

    unit: what is counted. reason: a sentence on why it is this value.
    """

    name: str
    value: Number
    unit: str
    reason: str


_limits: Final[list[Limit[int] | Limit[float]]] = []


def _limit(name: str, value: Number, unit: str, reason: str) -> Number:
    """Add a limit to the table; return its value."""
    _limits.append(Limit(name, value, unit, reason))
    return value


# What readers type and what addresses hold.
MAX_ECHO_LENGTH: Final = _limit(
    "MAX_ECHO_LENGTH",
    40,
    "characters of a reader's value that a message repeats",
    "A message stays one sentence, whatever a reader sends.",
)
MAX_SEARCH_LENGTH: Final = _limit(
    "MAX_SEARCH_LENGTH",
    80,
    "characters of a search",
    "Longer searches find nothing.",
)
MAX_TYPED_TEXT_LENGTH: Final = _limit(
    "MAX_TYPED_TEXT_LENGTH",
    300,
    "characters of a title or a note in a field of the Briefing page",
    "It is half of what a picture takes from an address.",
)
MAX_PICTURE_TEXT_LENGTH: Final = _limit(
    "MAX_PICTURE_TEXT_LENGTH",
    600,
    "characters of a title or a note in the address of a picture",
    "More never fit.",
)
MAX_LAID_OUT_LENGTH: Final = _limit(
    "MAX_LAID_OUT_LENGTH",
    600,
    "characters of a text that a picture breaks into lines",
    "Longer texts never fit.",
)
MAX_LINK_LENGTH: Final = _limit(
    "MAX_LINK_LENGTH",
    1200,
    "characters of the link of a picture",
    "QR codes of longer links are unreadable.",
)
MAX_MAP_TITLE_LENGTH: Final = _limit(
    "MAX_MAP_TITLE_LENGTH",
    200,
    "characters of a title of the standalone map",
    "Longer titles push the map off the screen.",
)
MAX_SLIDE_TEXT_LENGTH: Final = _limit(
    "MAX_SLIDE_TEXT_LENGTH",
    5000,
    "characters of a typed text on slides",
    "No notes page holds more.",
)
MAX_CHOSEN: Final = _limit(
    "MAX_CHOSEN",
    10,
    "provinces that a reader chooses",
    "Colours and shapes can distinguish no more.",
)
MIN_CLASSES: Final = _limit(
    "MIN_CLASSES",
    3,
    "classes of a map, at least",
    "Fewer classes hide the differences that a map is for.",
)
MAX_CLASSES: Final = _limit(
    "MAX_CLASSES",
    7,
    "classes of a map",
    "Readers cannot distinguish more shades of one colour.",
)

# The open index.
MAX_WEIGHT: Final = _limit(
    "MAX_WEIGHT",
    1000.0,
    "as a weight of a recipe",
    "Above it, the other weights are practically zero.",
)
MAX_RECIPE_FILE_LENGTH: Final = _limit(
    "MAX_RECIPE_FILE_LENGTH",
    20_000,
    "characters of a recipe file",
    "A file with all weights has about 3 kB; parsing anything much longer only costs time.",
)
MAX_RECIPE_ADDRESS_LENGTH: Final = _limit(
    "MAX_RECIPE_ADDRESS_LENGTH",
    4_000,
    "characters of a recipe in an address",
    "A recipe with all weights has about 1,500; parsing anything much longer only costs time.",
)
MAX_DRAWS: Final = _limit(
    "MAX_DRAWS",
    100_000,
    "draws of the uncertainty",
    "More change no interval and would block other readers.",
)
MAX_SPREAD: Final = _limit(
    "MAX_SPREAD",
    0.9,
    "as the spread of drawn weights, a share of the weight",
    "A spread of 1 would let weights vanish.",
)
DRAWS_CHUNK_BYTES: Final = _limit(
    "DRAWS_CHUNK_BYTES",
    16_000_000,
    "bytes of one array of groups by units by draws",
    "Draws are calculated in chunks, so that memory does not grow with their number.",
)

# Tables of readers; more in UPLOAD_LIMITS.
MAX_FIELD_LENGTH: Final = _limit(
    "MAX_FIELD_LENGTH",
    131_072,
    "characters of a field in delimited text",
    "A longer field means an unclosed quotation mark.",
)
MAX_UNIT_NAME_LENGTH: Final = _limit(
    "MAX_UNIT_NAME_LENGTH",
    60,
    "characters of a cell that is searched for the name of a unit",
    "No unit has a longer name.",
)
MAX_HEAD_LENGTH: Final = _limit(
    "MAX_HEAD_LENGTH",
    200,
    "characters of a head that is searched for a unit or a year",
    "A head is short; searching a long text costs time.",
)
MAX_HEAD_ROWS: Final = _limit(
    "MAX_HEAD_ROWS",
    4,
    "rows of heads of an uploaded table",
    "Year, indicator, part and unit are four; lines above them are titles.",
)
MAX_UNCHECKED_BYTES: Final = _limit(
    "MAX_UNCHECKED_BYTES",
    100_000,
    "unpacked bytes of a part of a workbook with any compression ratio",
    "A part as small bursts nothing.",
)
MAX_DECIMALS: Final = _limit(
    "MAX_DECIMALS",
    6,
    "decimals of an uploaded measure",
    "More digits say nothing on a map of provinces.",
)
MAX_SCALE: Final = _limit(
    "MAX_SCALE",
    10**12,
    "as the multiplier of a quotient",
    "A larger one is a mistake.",
)

# Several processes.
MAX_WORKERS: Final = _limit(
    "MAX_WORKERS",
    64,
    "processes of make serve",
    "Each uses one core; more than a machine has only take memory.",
)
STOP_SECONDS: Final = _limit(
    "STOP_SECONDS",
    8,
    "seconds in which a process that is to stop ends its downloads",
    "What is not ended then is killed, so that all end within 10 seconds.",
)
STEADY_SECONDS: Final = _limit(
    "STEADY_SECONDS",
    60,
    "seconds after which a process that ends is started again at once",
    "A start takes ten, on a busy machine more; what ends before will probably end again.",
)
MIN_RESTART_PAUSE_SECONDS: Final = _limit(
    "MIN_RESTART_PAUSE_SECONDS",
    2,
    "seconds before a process that ended soon after its start is started again; twice as many each"
    " time",
    "What it lacks may be there in a moment, such as a port that is still taken.",
)
MAX_RESTART_PAUSE_SECONDS: Final = _limit(
    "MAX_RESTART_PAUSE_SECONDS",
    60,
    "seconds at most before a process is started again",
    "A start uses a core for seconds, which readers of the other processes need.",
)
MAX_CONTROL_PATH_LENGTH: Final = _limit(
    "MAX_CONTROL_PATH_LENGTH",
    103,
    "bytes of the path of the socket that controls the processes",
    "Linux and macOS hold no longer path of a socket.",
)

# The store of workspaces.
WORKSPACE_SECONDS: Final = _limit(
    "WORKSPACE_SECONDS",
    2_592_000,
    "seconds for which a workspace of a browser is stored after the last visit",
    "Thirty days: a report is written over some weeks.",
)
WORKSPACE_DAYS: Final = WORKSPACE_SECONDS // 86_400  # the same, as messages say it
VISIT_SECONDS: Final = _limit(
    "VISIT_SECONDS",
    3_600,
    "seconds after which another visit is noted",
    "Looking at a workspace then seldom writes into the store.",
)
MAX_VERSIONS: Final = _limit(
    "MAX_VERSIONS",
    50,
    "versions of a workspace, each of which a step back brings back",
    "More than a day of work; the oldest go first, sooner where they take too much room.",
)
MAX_STORED_BYTES: Final = _limit(
    "MAX_STORED_BYTES",
    30 * MB,
    "bytes of one version of a workspace, compressed",
    "The tables of a full session have 40 MB, and text shrinks to a fifth.",
)
MAX_OPENED_BYTES: Final = _limit(
    "MAX_OPENED_BYTES",
    70 * MB,
    "bytes of one version of a workspace, as it is opened",
    "A workspace file is not larger.",
)
MAX_FILE_NAME_BYTES: Final = _limit(
    "MAX_FILE_NAME_BYTES",
    100,
    "bytes of the name of a workspace in the archive of all",
    "Every file system takes it with its folder.",
)
MAX_OWNER_BYTES: Final = _limit(
    "MAX_OWNER_BYTES",
    200 * MB,
    "bytes of all workspaces of an owner with their versions",
    "Six full sessions, or hundreds of usual ones.",
)
MAX_OWNER_WORKSPACES: Final = _limit(
    "MAX_OWNER_WORKSPACES",
    200,
    "workspaces of an owner",
    "More could not be distinguished in a list to choose from.",
)
MAX_STORE_BYTES: Final = _limit(
    "MAX_STORE_BYTES",
    20_000 * MB,
    "bytes of all workspaces",
    "Ten thousand of 1 MB with their versions; a disk has room for it.",
)
MAX_STORE_WORKSPACES: Final = _limit(
    "MAX_STORE_WORKSPACES",
    100_000,
    "workspaces of all owners",
    "Five each for the readers of a large agency; a program that makes them in a loop is stopped.",
)
MAX_SAVES_TRIED: Final = _limit(
    "MAX_SAVES_TRIED",
    5,
    "attempts to save a workspace that other tabs of the browser save at the same time",
    "Each takes over what they saved; more than that many tabs do not save in the same moment.",
)
MAX_LINKS: Final = _limit(
    "MAX_LINKS",
    50,
    "links to a workspace",
    "More could not be distinguished in a list to withdraw from.",
)
MAX_WORKSPACE_NAME_LENGTH: Final = _limit(
    "MAX_WORKSPACE_NAME_LENGTH",
    120,
    "characters of the name of a workspace",
    "Longer names do not fit a line.",
)
MAX_VERSION_LABEL_LENGTH: Final = _limit(
    "MAX_VERSION_LABEL_LENGTH",
    200,
    "characters of the label of a version",
    "It says in a line what changed.",
)
MOST_WORKSPACES_LISTED: Final = _limit(
    "MOST_WORKSPACES_LISTED",
    10,
    "workspaces on a page of the list",
    "Each has its buttons, which the browser draws; others are found by a search or a page on.",
)
DOUBLE_CLICK_SECONDS: Final = _limit(
    "DOUBLE_CLICK_SECONDS",
    1.0,
    "seconds after an action in which the same one is the second of a double click",
    "Systems take two clicks within half a second for one; the second is handled after the first.",
)
MAX_DELETED_BYTES: Final = _limit(
    "MAX_DELETED_BYTES",
    10 * MB,
    "bytes of a deleted workspace that the session holds, so that deleting can be undone",
    "Usual ones have less than 1 MB; larger ones would stay in memory until the session ends.",
)
MIN_PART_BYTES: Final = _limit(
    "MIN_PART_BYTES",
    16_384,
    "bytes of a line of a workspace file that is stored as a part of its own, at least",
    "Tables are stored once for all versions; a smaller part saves less than its row costs.",
)
MAX_ENDED_REMOVED: Final = _limit(
    "MAX_ENDED_REMOVED",
    10,
    "ended workspaces that saving another one removes",
    "The store keeps its word without a scheduled purge, and no reader waits for it.",
)
STORE_WAIT_SECONDS: Final = _limit(
    "STORE_WAIT_SECONDS",
    5,
    "seconds to wait for the store: a connection, a lock, an answer",
    "A statement takes a fraction of a second; a reader waits no longer without a word.",
)
STORE_ERASE_SECONDS: Final = _limit(
    "STORE_ERASE_SECONDS",
    1,
    "seconds that a deletion in SQLite waits for readers, so that its log can be cut off",
    "Reading takes a fraction of a second; if it takes longer, the next write tries again.",
)
STORE_CONNECT_SECONDS: Final = _limit(
    "STORE_CONNECT_SECONDS",
    2,
    "seconds to wait for a new connection to PostgreSQL, and for a sign of life of a kept one",
    "Both come one after the other, in less than STORE_WAIT_SECONDS; libpq takes no less.",
)
STORE_CONNECTIONS_AT_ONCE: Final = _limit(
    "STORE_CONNECTIONS_AT_ONCE",
    8,
    "connections of a process to the store",
    "A hundred at a usual PostgreSQL server are enough for a dozen processes.",
)
BACKUP_ROWS_AT_ONCE: Final = _limit(
    "BACKUP_ROWS_AT_ONCE",
    4,
    "rows that a backup reads at the same time",
    "A row may have 30 MB; a backup takes the same memory for a store of any size.",
)
BACKUP_BATCH_BYTES: Final = _limit(
    "BACKUP_BATCH_BYTES",
    4 * MB,
    "bytes of a backup that are restored in one statement",
    "Many small rows are faster together, and large ones take no more memory.",
)
MAX_BACKUP_LINE_BYTES: Final = _limit(
    "MAX_BACKUP_LINE_BYTES",
    64 * MB,
    "bytes of a line of a backup",
    "The largest part in base64 is shorter; a file of another kind is not read whole.",
)
TICKET_SECONDS: Final = _limit(
    "TICKET_SECONDS",
    600,
    "seconds for which a ticket for the cookie works",
    "The page exchanges it at once; a slow connection takes longer.",
)
MAX_TICKETS: Final = _limit(
    "MAX_TICKETS",
    10_000,
    "tickets for the cookie that wait",
    "Each takes some 200 bytes.",
)
REPLACED_KEY_SECONDS: Final = _limit(
    "REPLACED_KEY_SECONDS",
    86_400,
    "seconds for which a tab finds the key that took the place of its own",
    "A tab that did nothing for a day stores what it holds as a new workspace.",
)
MAX_REPLACED_KEYS: Final = _limit(
    "MAX_REPLACED_KEYS",
    10_000,
    "keys of browsers of which another one took the place",
    "Each takes some 200 bytes.",
)
FIRST_COOKIE_SECONDS: Final = _limit(
    "FIRST_COOKIE_SECONDS",
    10,
    "seconds in which a second tab without a cookie waits for that of the first",
    "The answer with the cookie is small; a slow connection takes seconds.",
)
COOKIE_WAIT_SECONDS: Final = _limit(
    "COOKIE_WAIT_SECONDS",
    0.3,
    "seconds after which that tab asks again",
    "The answer to the first tab has arrived by then on most connections.",
)
MAX_COOKIE_WAITS: Final = _limit(
    "MAX_COOKIE_WAITS",
    8,
    "times that it asks again",
    "A browser that takes no cookies then gets its own; most follow 20 redirects.",
)

# Sign-in.
SIGN_IN_SECONDS: Final = _limit(
    "SIGN_IN_SECONDS",
    43_200,
    "seconds after which a reader has to sign in again",
    "A working day: what a stolen cookie opens, or a role that was withdrawn, ends with it.",
)
ACTIVITY_SECONDS: Final = _limit(
    "ACTIVITY_SECONDS",
    60,
    "seconds after which another action of a sign-in is noted",
    "Not each action then writes into the store; a sign-in ends at most this much earlier.",
)
MIN_IDLE_MINUTES: Final = _limit(
    "MIN_IDLE_MINUTES",
    5,
    "minutes that `ATLAS_SIGN_IN_IDLE` has at least",
    "Whoever reads a page for some minutes would otherwise be signed out.",
)
SIGN_IN_TRIED_SECONDS: Final = _limit(
    "SIGN_IN_TRIED_SECONDS",
    900,
    "seconds for which the page is known to which a sign-in returns",
    "Signing in with a second factor takes some minutes.",
)
MIN_SECRET_LENGTH: Final = _limit(
    "MIN_SECRET_LENGTH",
    32,
    "characters of the secrets that sign cookies and open workspaces of persons",
    "Of random hexadecimal digits that is 128 bits, which nobody guesses.",
)
MAX_SHOWN_NAME_LENGTH: Final = _limit(
    "MAX_SHOWN_NAME_LENGTH",
    24,
    "characters of the name of a person in the header",
    "A longer one would cover the language switch; it is cut.",
)

# The workspace file.
MAX_PRESETS: Final = _limit(
    "MAX_PRESETS",
    50,
    "presets of the index in a workspace",
    "More could not be distinguished in a list to choose from.",
)
MAX_VIEWS: Final = _limit(
    "MAX_VIEWS",
    100,
    "saved views and briefings in a workspace",
    "More could not be distinguished in a list to choose from.",
)
MAX_PAGE_PARAMETERS: Final = _limit(
    "MAX_PAGE_PARAMETERS",
    60,
    "parameters of the address of a page in a workspace",
    "A page has about thirty.",
)

# What pages, sentences and slides list; the rest is counted.
MAX_LEADERS_TIED: Final = _limit(
    "MAX_LEADERS_TIED",
    5,
    "tied provinces that a sentence on leaders names",
    "More are counted, so that the sentence stays readable.",
)
MAX_FIRST_TIED: Final = _limit(
    "MAX_FIRST_TIED",
    3,
    "provinces tied for first that the title of a map names",
    "More are counted, so that the title stays short.",
)
MAX_MOVES_TIED: Final = _limit(
    "MAX_MOVES_TIED",
    2,
    "tied provinces that a title of two measures names",
    "More are counted, so that the title stays short.",
)
MAX_NAMED_IN_TITLE: Final = _limit(
    "MAX_NAMED_IN_TITLE",
    4,
    "compared provinces that a title names",
    "More are counted, so that the title stays short.",
)
MAX_YEARS_NAMED: Final = _limit(
    "MAX_YEARS_NAMED",
    12,
    "years or months of a measure that are named one by one",
    "Nobody reads more; their first and last say enough.",
)
MAX_MEANS_LISTED: Final = _limit(
    "MAX_MEANS_LISTED",
    5,
    "national values in the list of effects of marking doubtful values",
    "The largest moves say enough; the others are counted.",
)
MAX_PAIRS_LISTED: Final = _limit(
    "MAX_PAIRS_LISTED",
    40,
    "pairs of provinces in the list of uncertain orders",
    "The most uncertain come first; the others are counted.",
)
MAX_MOVES_LISTED: Final = _limit(
    "MAX_MOVES_LISTED",
    12,
    "rows of the table of moves when one choice changes",
    "The largest moves come first.",
)
MAX_DOUBLES_CHOSEN: Final = _limit(
    "MAX_DOUBLES_CHOSEN",
    5,
    "sets of doubled rows of an uploaded table with a choice of their own",
    "More have one choice for all: their sum, mean or latest value.",
)
MAX_PREVIEW_ROWS: Final = _limit(
    "MAX_PREVIEW_ROWS",
    8,
    "rows of the preview of an uploaded table",
    "They show what each column holds; more push what comes of it off the screen.",
)
MAX_PREVIEW_COLUMNS: Final = _limit(
    "MAX_PREVIEW_COLUMNS",
    12,
    "columns of the preview of an uploaded table",
    "The others are listed by name.",
)
MAX_PREVIEW_PERIODS: Final = _limit(
    "MAX_PREVIEW_PERIODS",
    4,
    "periods of the preview of a series",
    "They stand beside the first rows on a screen of 1,280 px.",
)
MAX_ROWS_CORRECTED: Final = _limit(
    "MAX_ROWS_CORRECTED",
    30,
    "rows of an uploaded table to correct at a time",
    "The others follow when these are settled.",
)
MAX_ROWS_LISTED: Final = _limit(
    "MAX_ROWS_LISTED",
    400,
    "lines of a list of what became of the rows of an uploaded table",
    "Nobody reads a longer list; the others are counted.",
)
MIN_SLIDES: Final = _limit(
    "MIN_SLIDES",
    6,
    "slides of a pack, at least",
    "Cover, map, ranking, profile of one province, comparison, method.",
)
MAX_SLIDES: Final = _limit(
    "MAX_SLIDES",
    20,
    "slides of a pack",
    "With ten profiles they are 15; long rankings and methods take further slides.",
)
MAX_METHOD_SLIDES: Final = _limit(
    "MAX_METHOD_SLIDES",
    2,
    "slides on method and sources",
    "More would not be read; the text gets smaller first.",
)
MAX_CELL_TEXT_LENGTH: Final = _limit(
    "MAX_CELL_TEXT_LENGTH",
    32_767,
    "characters of a cell of a workbook that the atlas writes",
    "Spreadsheets hold no more.",
)

# What is made at the same time, and how long it may be kept.
COLLECTION_SECONDS: Final = _limit(
    "COLLECTION_SECONDS",
    10,
    "seconds between two collections of garbage in the server",
    "One takes some 20 ms on a server with full caches; what ten seconds leave behind is small.",
)
MAX_PICTURES_AT_ONCE: Final = _limit(
    "MAX_PICTURES_AT_ONCE",
    2,
    "pictures drawn at the same time, each in a process of its own",
    "Each takes a core and, at scale 4, about 150 MB; several servers on one machine share its"
    " cores, and pages come first.",
)
MAX_TABLES_AT_ONCE: Final = _limit(
    "MAX_TABLES_AT_ONCE",
    1,
    "tables of readers read at the same time, each in a process of its own",
    "Most take a tenth of a second, so nobody waits; a second process takes 100 MB.",
)
TASK_NICENESS: Final = _limit(
    "TASK_NICENESS",
    15,
    "added to the niceness of processes that draw or read tables",
    "A page comes before a picture, which takes fifty times as long: at 5, four that draw on two"
    " cores made pages wait three seconds.",
)
MAX_TASKS_PER_PROCESS: Final = _limit(
    "MAX_TASKS_PER_PROCESS",
    500,
    "pictures, files or tables that a process makes or reads before it is replaced",
    "Its memory stays bounded; a new one takes four seconds to load what it needs.",
)
MAX_TASK_SECONDS: Final = _limit(
    "MAX_TASK_SECONDS",
    120,
    "seconds of processor to draw a picture, make a file or read a table",
    "The slowest takes some seconds; beyond, it does not end.",
)
MAX_TASK_WAIT_SECONDS: Final = _limit(
    "MAX_TASK_WAIT_SECONDS",
    600,
    "seconds until a process that draws or reads answers",
    "It leaves the processor to pages and takes long on a busy machine; beyond, it is stuck.",
)
MAX_PICTURES_WAITING: Final = _limit(
    "MAX_PICTURES_WAITING",
    16,
    "pictures that wait to be drawn",
    "The last one waits about ten seconds.",
)
RETRY_AFTER_SECONDS: Final = _limit(
    "RETRY_AFTER_SECONDS",
    5,
    "seconds after which to ask again when no further picture may wait",
    "By then about half of those that wait are drawn.",
)
PICTURE_CACHE_BYTES: Final = _limit(
    "PICTURE_CACHE_BYTES",
    64_000_000,
    "bytes of pictures in the cache",
    "About 200 pictures of a usual size.",
)
MAX_FILES_AT_ONCE: Final = _limit(
    "MAX_FILES_AT_ONCE",
    2,
    "files made at the same time",
    "Pages need the processor too.",
)
FILE_CACHE_BYTES: Final = _limit(
    "FILE_CACHE_BYTES",
    48 * 2**20,
    "bytes of files in the cache",
    "The archive (3 MB) and about forty files with shapes.",
)
MAX_ADDRESS_PICTURES: Final = _limit(
    "MAX_ADDRESS_PICTURES",
    12,
    "pictures and slides that are drawn anew for an address, in its time",
    "Two thirds of a full line and of what two cores draw, so that others are served too. What is"
    " cached or drawn already does not count: an office behind one address is not refused what a"
    " colleague looked at.",
)
ADDRESS_PICTURE_SECONDS: Final = _limit(
    "ADDRESS_PICTURE_SECONDS",
    20,
    "seconds in which the pictures and slides of an address are counted",
    "A reader who is refused waits no longer than that.",
)
MAX_ADDRESS_DOWNLOADS: Final = _limit(
    "MAX_ADDRESS_DOWNLOADS",
    60,
    "tables, maps and archives that are made anew for an address, in its time",
    "A GeoPackage takes 0.3 s: an address takes at most a third of a core.",
)
MAX_ADDRESS_PAGE_FILES: Final = _limit(
    "MAX_ADDRESS_PAGE_FILES",
    600,
    "small maps and files of the years that are made anew for an address, in its time",
    "Pages load them, each takes 2 to 10 ms; a hundred readers behind one address ask a server that"
    " has just started for fewer.",
)
MAX_ADDRESS_GUESSES: Final = _limit(
    "MAX_ADDRESS_GUESSES",
    120,
    "files, uploads and tickets of others or of nobody that an address asks for, in its time",
    "Pages ask for their own; a tab that comes back after a restart asks for a few that are gone."
    " Owners behind the same address are served all the same.",
)
ADDRESS_FILE_SECONDS: Final = _limit(
    "ADDRESS_FILE_SECONDS",
    60,
    "seconds in which the files of an address are counted",
    "A program that fetches all tables gets one a second.",
)
READY_SECONDS: Final = _limit(
    "READY_SECONDS",
    1,
    "seconds for which `/atlas/ready` waits for each of its checks",
    "Proxies ask every few seconds, and a store that takes longer makes readers wait.",
)
MAX_LABEL_SETS: Final = _limit(
    "MAX_LABEL_SETS",
    300,
    "sets of labels of a metric",
    "Kinds, formats and outcomes of pictures have about 140; more would be a fault, and each is"
    " kept as long as the server runs.",
)
ASSET_SECONDS: Final = _limit(
    "ASSET_SECONDS",
    365 * 24 * 3600,
    "seconds for which a browser keeps a script or the boundaries",
    "Their addresses change with their content.",
)
FILE_SECONDS: Final = _limit(
    "FILE_SECONDS",
    300,
    "seconds for which a browser keeps a file or a picture",
    "A file changes when data are corrected.",
)

# Entries of caches: the least recently used one goes first.
NUMBER_CACHE_SIZE: Final = _limit(
    "NUMBER_CACHE_SIZE",
    50_000,
    "numbers with their text",
    "A page prints each of its values in the map and in the ranking.",
)
SNAPSHOT_CACHE_SIZE: Final = _limit(
    "SNAPSHOT_CACHE_SIZE",
    512,
    "indicators in a year",
    "All of them in all years are 250.",
)
LUMINANCE_CACHE_SIZE: Final = _limit(
    "LUMINANCE_CACHE_SIZE",
    1024,
    "colours with their luminance",
    "Far more colours than a page shows.",
)
COLUMN_CACHE_SIZE: Final = _limit(
    "COLUMN_CACHE_SIZE",
    1024,
    "columns of values: an indicator in a year, with or without doubtful values",
    "All of them in all years are 500.",
)
SCORE_CACHE_SIZE: Final = _limit(
    "SCORE_CACHE_SIZE",
    64,
    "scored recipes in a year, and sets of values with their overlaps",
    "The presets and the recipes of the readers of the moment.",
)
SENSITIVITY_CACHE_SIZE: Final = _limit(
    "SENSITIVITY_CACHE_SIZE",
    32,
    "recipes with the moves when one choice changes",
    "The recipes of the readers of the moment; each is scored many times.",
)
UNCERTAINTY_CACHE_SIZE: Final = _limit(
    "UNCERTAINTY_CACHE_SIZE",
    32,
    "recipes with their rank intervals",
    "The recipes of the readers of the moment.",
)
DIMENSION_UNCERTAINTY_CACHE_SIZE: Final = _limit(
    "DIMENSION_UNCERTAINTY_CACHE_SIZE",
    128,
    "dimensions of recipes with their rank intervals",
    "A recipe has up to six dimensions.",
)
INDEX_SNAPSHOT_CACHE_SIZE: Final = _limit(
    "INDEX_SNAPSHOT_CACHE_SIZE",
    128,
    "scores of the open index in a year",
    "The index and its dimensions in all years are 61.",
)
AGREEMENT_CACHE_SIZE: Final = _limit(
    "AGREEMENT_CACHE_SIZE",
    512,
    "recipes compared with an edition",
    "About fifty recipes with every edition; one takes 0.1 s.",
)
PROFILE_CACHE_SIZE: Final = _limit(
    "PROFILE_CACHE_SIZE",
    512,
    "provinces in a year: their standings, dimensions and percentile ranks",
    "Thirty-one provinces in nine years are 279.",
)
PERIOD_CACHE_SIZE: Final = _limit(
    "PERIOD_CACHE_SIZE",
    512,
    "measures with their breaks and periods",
    "All measures, and those of readers.",
)
CHANGE_CACHE_SIZE: Final = _limit(
    "CHANGE_CACHE_SIZE",
    128,
    "measures with the changes of all provinces",
    "All published measures.",
)
COMPARED_LINE_CACHE_SIZE: Final = _limit(
    "COMPARED_LINE_CACHE_SIZE",
    2048,
    "lines of compared provinces, in a table and in a file",
    "Of up to 2 kB each; a comparison has some fifty.",
)
REPORT_ITEM_CACHE_SIZE: Final = _limit(
    "REPORT_ITEM_CACHE_SIZE",
    2048,
    "items of the report as HTML",
    "All entries in each language, of a few hundred bytes each.",
)
MATRIX_CACHE_SIZE: Final = _limit(
    "MATRIX_CACHE_SIZE",
    128,
    "matrices of a dimension as HTML",
    "Of some 40 kB each.",
)
LEADERS_CACHE_SIZE: Final = _limit(
    "LEADERS_CACHE_SIZE",
    128,
    "leaders of a dimension as HTML",
    "All dimensions in every year and language, of some 3 kB each.",
)
COMPARED_ROW_CACHE_SIZE: Final = _limit(
    "COMPARED_ROW_CACHE_SIZE",
    1024,
    "rows of compared provinces as HTML",
    "Of 3 to 15 kB each; a comparison has some fifty.",
)
YEAR_TABLE_CACHE_SIZE: Final = _limit(
    "YEAR_TABLE_CACHE_SIZE",
    64,
    "tables of a measure by year as HTML",
    "Of 15 to 80 kB each.",
)
MEASURE_ROW_CACHE_SIZE: Final = _limit(
    "MEASURE_ROW_CACHE_SIZE",
    2048,
    "rows of a province as HTML",
    "Of some 4 kB each; a page has some forty.",
)
DEFINITION_CACHE_SIZE: Final = _limit(
    "DEFINITION_CACHE_SIZE",
    1024,
    "definitions of a measure in a year",
    "Every measure in every year and language: about 800.",
)
CATALOGUE_CACHE_SIZE: Final = _limit(
    "CATALOGUE_CACHE_SIZE",
    256,
    "entries of the catalogue with their search text, coverage and description",
    "All entries, in both languages.",
)
SCATTER_CACHE_SIZE: Final = _limit(
    "SCATTER_CACHE_SIZE",
    128,
    "scatters with the places of their names",
    "Each takes a tenth of a second and about 20 kB.",
)
MAP_CACHE_SIZE: Final = _limit(
    "MAP_CACHE_SIZE",
    512,
    "views of a map with its legend and ranking",
    "Each takes some 20 kB.",
)
FONT_CACHE_SIZE: Final = _limit(
    "FONT_CACHE_SIZE",
    256,
    "fonts by weight and size",
    "Far more fonts than a picture uses.",
)
OUTLINE_CACHE_SIZE: Final = _limit(
    "OUTLINE_CACHE_SIZE",
    1_024,
    "lines of text with their outlines",
    "Names of provinces and heads return in every picture.",
)
TEXT_WIDTH_CACHE_SIZE: Final = _limit(
    "TEXT_WIDTH_CACHE_SIZE",
    16_384,
    "texts with their width",
    "Breaking a text into lines measures it again and again.",
)
SHAPE_CACHE_SIZE: Final = _limit(
    "SHAPE_CACHE_SIZE",
    16,
    "panes of a map with the shapes of their units, by detail",
    "Two panes, each in a few details.",
)

# Tables of readers. Their words have Chinese, for pages that print a limit.
_UPLOADS: Final = (
    Limit(
        "file_bytes",
        20 * MB,
        N_("bytes a file"),
        N_("A table of 5,000 rows by 200 columns has about 8 MB."),
    ),
    Limit(
        "session_bytes",
        40 * MB,
        N_("bytes a session"),
        N_("The server keeps the tables of many sessions."),
    ),
    Limit(
        "session_files",
        20,
        N_("files a session"),
        N_("More could not be distinguished in a list to choose from."),
    ),
    Limit(
        "rows",
        120_000,
        N_("rows a table"),
        N_("34 units on each day of eight years are 100,000 rows."),
    ),
    Limit(
        "columns",
        200,
        N_("columns a table"),
        N_("A wide table has a column for each year and measure."),
    ),
    Limit(
        "cells",
        1_200_000,
        N_("filled cells a table"),
        N_("5,000 rows by 200 columns are a million; reading text takes about two seconds."),
    ),
    Limit(
        "cell_bytes",
        10 * kB,
        N_("bytes a cell"),
        N_("A note under a table is the longest text there is."),
    ),
    Limit(
        "members",
        200,
        N_("parts of a workbook"),
        N_("A workbook of 60 sheets has about 150 parts."),
    ),
    Limit(
        "inflated_bytes",
        50 * MB,
        N_("bytes of a workbook, unpacked"),
        N_("It must fit in memory at once."),
    ),
    Limit(
        "ratio",
        100,
        N_("times its packed size, for a part of a workbook"),
        N_("Sheets shrink to a tenth or a thirtieth; what shrinks more is likely to be malicious."),
    ),
    Limit(
        "marks",
        1_000_000,
        N_("marks of XML in a workbook"),
        N_("A filled cell needs four to six; the time to read grows with them."),
    ),
    Limit(
        "html_marks",
        150_000,
        N_("marks of HTML or of a workbook in one XML file"),
        N_("Reading more takes over a second; 2,400 rows of 30 cells have as many."),
    ),
    Limit(
        "part_marks",
        60_000,
        N_("marks of XML in a part of a workbook other than a sheet"),
        N_("Styles are read slowly, and a table needs few of them."),
    ),
    Limit(
        "grid_cells",
        500_000,
        N_("cells of an ODS workbook, with empty ones between others"),
        N_("All its sheets are held at once, and each cell takes some 60 bytes."),
    ),
    Limit(
        "sheets_tried",
        40,
        N_("sheets that are searched for a table"),
        N_("Each is read whole; a reader can choose any other."),
    ),
    Limit(
        "depth",
        20,
        N_("levels of brackets in JSON"),
        N_("The geometry of GeoJSON has 8 levels, and a collection of geometries 10."),
    ),
    Limit(
        "brackets",
        500_000,
        N_("pairs of brackets in JSON"),
        N_("Each takes memory; a boundary file of 5 MB has about 250,000."),
    ),
    Limit(
        "levels",
        6,
        N_("levels of objects around a list of records in JSON"),
        N_("Answers of interfaces have two or three."),
    ),
    Limit(
        "query_milliseconds",
        1_500,
        N_("milliseconds for all queries of a GeoPackage"),
        N_("The answer comes within two seconds."),
    ),
    Limit(
        "guess_bytes",
        20_000,
        N_("bytes from which an encoding is guessed"),
        N_("More takes longer than a tenth of a second and guesses no better."),
    ),
    Limit(
        "keys",
        200,
        N_("values of a column that tells series apart"),
        N_("Each becomes a series, and nobody chooses from more."),
    ),
    Limit(
        "candidates",
        60,
        N_("unknown names for which the nearest are sought"),
        N_("Each costs some milliseconds, and nobody corrects more by hand."),
    ),
    Limit(
        "magnitude",
        10**18,
        N_("for a value, above or below zero"),
        N_("Sums of larger values lose their last digits, or all of them."),
    ),
    Limit(
        "text",
        120,
        N_("characters of a name or a unit"),
        N_("It must fit into a heading."),
    ),
    Limit(
        "recipe_bytes",
        55 * MB,
        N_("bytes a recipe file"),
        N_("The tables of a full session, written as text, with a third more."),
    ),
)
UPLOAD_LIMITS: Final[Mapping[str, Limit[int]]] = MappingProxyType(
    {limit.name: limit for limit in _UPLOADS}
)

LIMITS: Final = (*_limits, *_UPLOADS)
