# English.
language-name = English
date-pattern-long = EEEE, d MMMM
date-pattern-year = d MMMM y
people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}

## The voice of the hall. Letter names as they are spoken; words only, no figures.
voice-call-first = Attention! Number { $letter } { $number }. Desk number { $desk }.
voice-call-second = Number { $letter } { $number }, desk number { $desk }.
voice-letter-a = ah
voice-letter-d = deh
voice-letter-k = kah
voice-letter-l = el
voice-letter-r = air
voice-letter-f = ef
voice-letter-sh = shah
voice-letter-ya = yah
voice-letter-h = heh
voice-letter-u = oo
voice-letter-m = em
voice-letter-ts = tseh

## The wall of the hall.
board-number = Number
board-desk = Desk
board-queue = Queue
board-waiting = Waiting
board-no-calls = Please wait for your call
board-connecting = Connecting to the server
board-title = { $centre }, { $city }
board-no-connection = No connection since { $time }. Last calls are shown
board-no-connection-empty = No connection since { $time }
board-listen = Please listen for announcements by the staff
board-no-connection-yet = No connection to the server
board-also-called = Also called: { $calls }
board-also-called-one = { $number } to desk { $desk }
board-rule-order = Numbers may be called out of order because of appointments and priority service.
board-rule-tickets = Each service needs its own ticket.
board-rule-missed = Missed your call? Go to reception within { $minutes } min.
# Mistakes in a centre file: "file: key: value: what was expected".
settings-nothing = nothing
settings-line = line { NUMBER($line, useGrouping: 0) }
settings-end-of-file = end of the file
settings-file-missing = expected a centre file, but there is nothing at this path
settings-file-regular = expected an ordinary file, not a folder or a device
settings-file-unreadable = expected a file that may be read
settings-file-large = expected a file of at most { NUMBER($limit, useGrouping: 0) } KB: a larger one cannot be a centre file
settings-file-encoding = expected text encoded in UTF-8
settings-toml = expected TOML: key = value, texts in straight quotes "…"
settings-toml-twice = this key or table is already defined above: keep one of them
settings-toml-deep = expected an ordinary TOML file without endlessly nested brackets
settings-missing = expected this key, which is required
settings-unknown-key = there is no such key; possible: { $known }
settings-unknown-key-near = there is no such key; perhaps { $near }
settings-text = expected a text in quotes
settings-text-empty = expected a text that is not empty
settings-text-long = expected a text of at most { $limit ->
    [one] { $limit } character
   *[other] { $limit } characters
}
settings-text-ukrainian = expected a text, at least in Ukrainian: {"{"} uk = "…", en = "…" {"}"}
settings-text-language = there is no language with this code; there are: { $known }
settings-whole-number = expected a whole number without quotes
settings-number = expected a number without quotes
settings-at-least = expected a number of at least { $limit }
settings-at-most = expected a number of at most { $limit }
settings-yes-no = expected true or false without quotes
settings-date = expected a date without quotes, for example 2020-10-21
settings-time = expected a time, for example "23:30"
settings-list = expected a list in square brackets: ["…", "…"]
settings-list-empty = expected at least one entry
settings-rows = expected separate entries [[{ $section }]]
settings-table = expected a table: {"{"} … {"}"}
settings-one-of = expected one of: { $choices }
settings-code = expected a code: a small Latin letter, then small Latin letters, figures, "-" or "_", at most 32 characters
settings-letter = expected one of the letters { $letters }: the others are mistaken for figures or for each other by ear
settings-wire = expected the address of a printer: network:HOST:PORT, usb:VENDOR:PRODUCT, serial:/dev/…, cups:QUEUE, file:PATH or memory:
settings-public-url = expected an address that begins with https:// or http://, or an empty text
settings-interval = expected a span of the day, for example "08:00-17:00"
settings-interval-order = expected an opening time before the closing time
settings-timezone = expected a time zone of the IANA database, for example "Europe/Kyiv"
settings-other = expected another value: { $message }
settings-taken = expected another value: { $holder } has this one already
settings-repeated = the same entry stands here twice: keep one of them
settings-no-such-zone = there is no such zone; there are: { $known }
settings-no-such-provider = there is no such provider; there are: { $known }
settings-no-such-group = there is no such group; there are: { $known }
settings-desk-provider = expected groups of one provider at one desk ({ $provider }), but this one belongs to { $other }
settings-operator-provider = expected a group of the operator’s provider ({ $provider }), but this one belongs to { $other }
settings-hours-overlap = expected spans that do not overlap: another span of this day is { $other }
settings-hours-stop = expected a time not after rules.hard_day_stop ({ $stop })
settings-no-show-calls = expected a number of at most rules.max_calls ({ $limit })
settings-language-file = there is no translation file for this language; there are: { $known }
settings-language-ukrainian = expected Ukrainian among the languages: "uk"
settings-no-desk = expected at least one desk that receives this group: otherwise nobody ever calls its tickets
settings-no-operator = expected at least one operator who receives this group (primary or secondary)
settings-operator-idle = expected at least one group that some desk receives

## The operator's console.
console-app = Electronic queue
console-sign-in-title = Staff sign-in
console-login = Login
console-pin = PIN
console-sign-in-do = Sign in
console-sign-in-first = Please sign in first
console-sign-in-empty = Enter your login and PIN
console-sign-in-help = No access, or forgotten your PIN? Ask the head of the centre.
console-sign-out = Sign out
console-needs-script = Working at a desk needs scripts. Please enable JavaScript in the browser.
console-trouble-title = The page cannot be shown
console-trouble-back = Back to the desks
console-no-such-desk = There is no desk No. { $desk } in this centre.
console-desks-title = Choose a desk
console-desks-lead = The number is on the plate by the desk.
console-desks-none = The centre has no desks yet. Ask the head of the centre.
console-desk-number = Desk No.
console-desk-queues = Queues
console-desk-take = Take
console-desk-mine = Resume
console-desk-look = View
console-desk-free = Free
console-desk-calling = Calling
console-desk-serving = Serving
console-desk-ready = Working
console-desk-paused = Break
console-desk-you = Your desk
console-desk-title = Desk No. { $desk }
console-language = Language
console-role-operator = Operator
console-role-reception = Reception
console-role-provider_head = Head of the provider
console-role-centre_head = Head of the centre
console-role-coordinator = Coordinator
console-role-editor = Editor
console-role-admin = Administrator
console-other-desk = Another desk
console-work = Service
console-lists = Lists
console-actions = Actions
console-no-call = No call
console-full-name = Full name
console-close-dialog = Close
console-back = Back
console-waited = Waiting time
console-issued = Ticket issued
console-calls = Call
console-queue = Queue
console-missed = Missed
console-column-number = Number
console-column-note = Note
console-column-waits = Waiting
console-column-missed = When
console-column-do = Action
console-served = Visitors served today:
console-keys = All keys
console-keys-title = Keys
console-keys-this = This help
console-keys-tab = Next button
console-keys-enter = Press the button
console-keys-esc = Close the window
console-state-closed = The desk is free
console-state-ready = Ready to call
console-state-calling = Called
console-state-serving = Serving
console-state-paused = Break
console-pause-title = Reason for the break
console-pause-lunch = Lunch
console-pause-technical = Technical break
console-pause-training = Training
console-pause-other = Other
console-outcome-title = Finish with another outcome
console-outcome-consultation = Consultation given
console-outcome-result_given = Result handed over
console-outcome-incomplete = Documents missing
console-outcome-refused = Refused
console-outcome-other = Other
console-act-open = Take the desk
console-act-next = Next
console-act-start = Arrived
console-act-recall = Repeat
console-act-finish = Finish
console-act-outcome = Other outcome…
console-act-transfer = Transfer…
console-act-no-show = No-show
console-act-withdraw = Cancel the call
console-act-pause = Pause…
console-act-resume = Resume
console-act-close = Leave the desk
console-act-reinstate = Return to the queue
console-service-number = Service No. { $number }
console-idle-queue = In the queue: { $count }
console-idle-longest = Longest wait: { $minutes } min
console-idle-nobody = The queue is empty
console-idle-closed = Press “Take the desk” to begin work
console-minutes = { $minutes } min
console-just-now = just now
console-under-a-minute = under 1 min
console-calls-so-far = { $count } of { $limit }
console-note-return = returned
console-note-language = language: { $language }
console-queue-empty = The queue is empty. New tickets appear here at once.
console-missed-empty = No one has missed a call today.
console-rows-more = More in the list: { $count }
console-siblings = The visitor has other tickets too: { $numbers }
console-link-up = Connected
console-link-down = No connection since { $time }. The last known state is shown
console-link-wait = Connecting…
console-sending = Sending…
console-lost = The server cannot be reached. The command is not confirmed. Once the connection is back, the page will show the true state.
console-lost-question = The server cannot be reached. Please try again a little later.
console-strange = The answer of the server could not be read. Reload the page. If this happens again, tell the administrator.
console-why-not-mine = { $name } works at this desk. Here you can only look.
console-why-not-open = Take the desk first
console-why-paused = You are on a break. Press “Resume” first
console-why-no-ticket = Press “Next” first: no one has been called
console-why-no-ticket-called = Nothing to finish: no one has been called
console-why-finish-first = Finish serving { $number } first
console-why-answer-first = First say whether visitor { $number } has arrived
console-why-start-first = Press “Arrived” first
console-why-already-here = Not possible: the visitor has already arrived
console-why-recall-wait = You can repeat in { $time }
console-why-recall-max = No more repeats. Calls made: { $count }
console-why-no-show-calls = Repeat the call first. Calls needed: { $need }, made: { $count }
console-why-no-show-wait = You can mark a no-show in { $time }
console-why-pick = Choose where to transfer first
console-said-called = { $number } has been called
console-said-recalled = The call for { $number } has been repeated
console-said-started = Service for { $number } has begun
console-said-finished = Service for { $number } is finished
console-said-missed = Ticket { $number }: no-show. It can be returned from the “Missed” list
console-said-withdrawn = The call for { $number } is cancelled. The ticket keeps its place in the queue
console-said-transferred = Ticket { $number } has been transferred. Its number and place are kept
console-said-reinstated = Ticket { $number } is back in the queue
console-said-paused = Break. No tickets are called
console-said-resumed = You are back from the break
console-said-opened = The desk is yours. You can call
console-said-nobody = The queue is empty
console-said-siblings = No one to call yet: the visitors in the queue are being served at other desks
console-transfer-title = Transfer { $number }
console-transfer-lead = The number and the place in the queue are kept.
console-transfer-to = Where to
console-transfer-service = Another service
console-transfer-desk = Another desk
console-transfer-find = Number of the service or a word of its name
console-transfer-do = Transfer
console-transfer-no-desk = No other open desk serves this queue.
console-transfer-no-service = No such service among the open providers.

## The paper slip. The space between a figure and its word does not break.
slip-your-number = Your number
slip-service = Service No. { NUMBER($number, useGrouping: 0) }
slip-ahead = Ahead of you at time of issue
slip-nobody-ahead = nobody
slip-place = { $zone }, floor { $floor }
slip-one-service = Each service needs its own ticket.
slip-order = Numbers may be called out of order: appointments and priority service.
slip-missed = Missed your call? Go to reception within { $minutes ->
    [one] { $minutes } minute.
   *[other] { $minutes } minutes.
}
slip-missed-no-return = Missed your call? Go to reception.
slip-qr-title = Your place in the queue
slip-qr-how = Point your phone camera here
slip-hotline = Hotline

# States of a ticket and answers of the server (problem-<code>)
ticket-state-expected = expected
ticket-state-waiting = waiting
ticket-state-called = called
ticket-state-serving = being served
ticket-state-on_hold = on hold
ticket-state-served = served
ticket-state-no_show = did not come
ticket-state-cancelled = cancelled
ticket-state-expired = not served before closing
problem-unknown_service = There is no service No. { $service } in this centre.
problem-unknown_ticket = There is no such ticket today.
problem-unknown_visit = There is no such visit today.
problem-unknown_desk = There is no desk No. { $desk } in this centre.
problem-unknown_secret = There is no ticket with this code today.
problem-unknown_call = There is no such call today.
problem-unknown_user = There is no user “{ $login }”.
problem-unknown_language = This centre does not have that language.
problem-same_service_twice = You already have a ticket for service No. { $service }.
problem-too_many_tickets = { $most ->
    [one] At most { $most } ticket at a time.
   *[other] At most { $most } tickets at a time.
}
problem-provider_schedule_unknown = The opening hours have not been entered. Please ask at reception.
problem-provider_no_services = The list of services has not been entered yet. Please ask at reception.
problem-provider_closed_today = This service is closed today.
problem-provider_not_open_yet = This service is not open yet.
problem-provider_closed_for_today = This service is closed for today.
problem-reception_not_open = The centre is not open yet.
problem-day_closed = The working day is over.
problem-wrong_state = Ticket { $number }: { $state }. This cannot be done now.
problem-return_too_late = { $minutes ->
    [one] A ticket can be returned to the queue within { $minutes } minute of the missed call. Please take a new one.
   *[other] A ticket can be returned to the queue within { $minutes } minutes of the missed call. Please take a new one.
}
problem-returned_too_often = { $most ->
    [one] This ticket was already returned { $most } time. Please take a new one.
   *[other] This ticket was already returned { $most } times. Please take a new one.
}
problem-desk_closed = Desk No. { $desk } is not open.
problem-desk_taken = Desk No. { $desk } is taken by another operator.
problem-desk_paused = Desk No. { $desk } is on a break. Resume first.
problem-desk_without_skill = Desk No. { $desk } does not provide this service.
problem-foreign_desk = Another operator is working at desk No. { $desk }.
problem-foreign_ticket = Ticket { $number } belongs to a queue that you do not serve.
problem-already_at_desk = You are already working at desk No. { $desk }. Leave it first.
problem-no_skill_at_desk = You do not serve any of the queues of desk No. { $desk }.
problem-finish_first = Finish serving { $number } first.
problem-call_in_hand = Finish the call for { $number } first.
problem-nobody_at_desk = No one has been called to desk No. { $desk }.
problem-called_often_enough = { $most ->
    [one] Ticket { $number } was already called { $most } time.
   *[other] Ticket { $number } was already called { $most } times.
}
problem-call_again_first = { $least ->
    [one] Call { $number } at least { $least } time first.
   *[other] Call { $number } at least { $least } times first.
}
problem-recall_too_soon = { $seconds ->
    [one] You can repeat the call in { $seconds } second.
   *[other] You can repeat the call in { $seconds } seconds.
}
problem-no_show_too_soon = { $seconds ->
    [one] You can mark a no-show in { $seconds } second.
   *[other] You can mark a no-show in { $seconds } seconds.
}
problem-transfer_where = Choose a service or a desk to transfer to.
problem-transfer_to_itself = The visitor is already at desk No. { $desk }.
problem-role_missing = You do not have permission to do this.
problem-not_signed_in = Sign in to continue.
problem-sign_in_failed = Login and PIN do not match.
problem-locked_out = { $minutes ->
    [one] Too many failed attempts. Try again in { $minutes } minute.
   *[other] Too many failed attempts. Try again in { $minutes } minutes.
}
problem-pin_length = A PIN has 4 to 64 characters.
problem-key_reused = This request key was already used for another request.
problem-bad_key = { $most ->
    [one] A request key has at most { $most } character.
   *[other] A request key has at most { $most } characters.
}
problem-broken_json = The request is not valid JSON.
problem-broken_message = The request does not have the shape that the server expects.
problem-bad_request = The request is wrong.
problem-no_such_page = There is no such page.
problem-wrong_method = This cannot be done at this address.
problem-too_large = The request is too large.
problem-not_json = The request must be JSON.
problem-page_outdated = The page is out of date. Reload it and try again.
problem-storage_trouble = The server could not save. Nothing was changed. Please try again.
problem-bug = A server error. It was recorded. Please try again.

# The program cherha
cli-serving = The server of “{ $centre }” is running: { $url }
cli-first-admin = First start. Administrator's login: admin, password: { $password }. Write it down: it will not be shown again.
cli-checked = { $file }: no mistakes (services: { $services }, desks: { $desks }).
cli-folder-in-use = Another server has the folder { $folder }, or it does not answer.
cli-address-in-use = Cannot listen on { $address }: it is taken or not to be had.
cli-no-file = There is no centre in { $folder }. First start: cherha serve --centre FILE --data { $folder }
cli-verified = { $mistakes ->
    [0] Verified: { $rows } rows of the log, { $records } records. No differences.
   *[other] Verified: { $rows } rows of the log, { $records } records. Differences: { $mistakes }.
}
cli-bad-user = Not right: { $fields }.
cli-user-saved = User { $login } saved.
cli-pin-set = PIN of { $login } set.
cli-bad-device = A device is a kiosk or a board (not { $kind }), with a name of at most 40 characters.
cli-bad-speed = The speed is a number or max, not { $speed }.
cli-bad-size = A screen's size is written 1080x1920, not { $size }.
cli-token-needed = A device token is needed. On the server: cherha device add NAME --kind { $kind } --data FOLDER
cli-token-unknown = The server { $url } does not know this device token. For a new one, on the server: cherha device add NAME --kind { $kind } --data FOLDER
cli-bad-server = A server's address is written http://192.168.0.10:8080, not { $url }.
cli-bad-wire = “{ $wire }” is not the address of a printer. It is written network:HOST:PORT, usb:VENDOR:PRODUCT, serial:/dev/ttyUSB0, cups:QUEUE, file:PATH or memory:
cli-bad-paper = Paper is 80 or 58 mm wide, not { $paper }.
cli-bad-pin = A PIN has 4 to 64 characters.
cli-bad-path = { $path }: did not work ({ $reason }). A folder is needed that the program may write to.
cli-bad-file = The file in { $folder } is not the log of a centre, or is damaged ({ $reason }). Name this centre's folder or an empty one, or restore a copy.
cli-no-screen = No screen was found. Start it in a graphical session (DISPLAY or WAYLAND_DISPLAY).
cli-not-installed = The package { $module } is missing for this command: this machine has another role. Wanted: make install ROLE=server, kiosk or board; for demo, make demo.
cli-waiting-for-server = The server { $url } does not answer. Waiting for it…

# Kiosk
kiosk-language = Language
kiosk-help-question = Need help?
kiosk-help-answer = Please ask at reception
kiosk-start-title = How can we help?
kiosk-start-lead = Touch the button to join the queue
kiosk-join = Join the queue
kiosk-join-second = Get a ticket for today
kiosk-way-choose = Choose a service and take a ticket
kiosk-way-choose-second = Each service needs its own ticket
kiosk-way-wait = Wait in the hall to be called
kiosk-way-wait-second = Your number is shown and read aloud
kiosk-way-go = Go to the desk
kiosk-way-go-second = Its number is shown next to yours
kiosk-open-today = Open today
kiosk-closed-title = No tickets at this time
kiosk-closed-lead = Please come during opening hours or ask at reception
kiosk-connecting-title = Please wait
kiosk-connecting-lead = The kiosk is getting ready
kiosk-out-title = The kiosk is temporarily out of service
kiosk-out-first = Please ask at reception.
kiosk-out-then = You can get a ticket for any service of the centre there.
kiosk-out-lead = The kiosk will work again as soon as the connection is back.
kiosk-out-code = For staff: { $code }
kiosk-choose-provider = Choose an institution
kiosk-choose-group = Choose a group of services
kiosk-choose-service = Choose a service
kiosk-choose-language = Language · Мова
kiosk-others = Other institutions
kiosk-others-lead = No tickets here at this time
kiosk-number-sign = No. { $number }
kiosk-service = Service No. { $number }
kiosk-official-name = Service No. { $number }. { $name }
kiosk-back = Back
kiosk-next = Next
kiosk-page = Page { $page } of { $pages }
kiosk-reason-schedule_unknown = Opening hours not known yet. Please ask at reception
kiosk-reason-no_services = The list of services is not ready yet
kiosk-reason-closed_today = Closed today
kiosk-reason-not_open_yet = Opens at { $time }
kiosk-reason-closed_now = Not open yet
kiosk-reason-closed_for_today = Closed for today
kiosk-reason-other = No tickets at this time. Please ask at reception
kiosk-day-mon = Monday
kiosk-day-tue = Tuesday
kiosk-day-wed = Wednesday
kiosk-day-thu = Thursday
kiosk-day-fri = Friday
kiosk-day-sat = Saturday
kiosk-day-sun = Sunday
kiosk-hours = Opening hours: { $hours }
kiosk-confirm-title = Check your choice
kiosk-full-name = Full name
kiosk-ahead = Ahead of you
kiosk-ahead-line = Ahead of you: { $people }
kiosk-nobody = nobody
kiosk-also = Also chosen
kiosk-and-more = { $count ->
    [one] and { $count } more service
   *[other] and { $count } more services
}
kiosk-services = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
kiosk-one-service-one-slip = Each service needs its own ticket.
kiosk-take = Get a ticket
kiosk-take-many = { $count ->
    [one] Get { $count } ticket
   *[other] Get { $count } tickets
}
kiosk-add = Add another service
kiosk-printing = Printing the ticket…
kiosk-printing-second = It comes out below the screen
kiosk-please-wait = Please wait
kiosk-lost-first = No connection. Trying again…
kiosk-lost-then = Your choice is kept. Please wait.
kiosk-lost-lead = If this takes long, please ask at reception.
kiosk-give-up = Stop waiting
kiosk-your-number = Your number
kiosk-your-numbers = Your numbers
kiosk-take-slip = Take your ticket
kiosk-take-slips = { $count ->
    [one] Take { $count } ticket
   *[other] Take { $count } tickets
}
kiosk-take-slip-second = Printed below the screen
kiosk-take-slip-unknown = No ticket? Remember your number
kiosk-wait-floor = Wait to be called, floor { $floor }
kiosk-wait = Wait to be called
kiosk-watch = Watch the board and listen
kiosk-watch-second = Your number and desk are shown there
kiosk-more = Another service
kiosk-done = Done
kiosk-trouble-paper_out = The printer is out of paper.
kiosk-trouble-printer_away = The printer is not responding.
kiosk-trouble-cover_open = The printer cover is open.
kiosk-trouble-printer_error = The printer is not working.
kiosk-number-valid = Your number { $number } is valid. Please remember it or take a photo.
kiosk-numbers-valid = Your numbers are valid. Please remember them or take a photo.
kiosk-reprint = Print again
kiosk-message-already_chosen = This service is already chosen
kiosk-message-already_chosen-text = One ticket is given for each service. You do not need a second one.
kiosk-message-too_many = No more services can be added
kiosk-message-too_many-text = You can get up to { $most } tickets at a time. For anything else, please ask at reception.
kiosk-message-refused = No ticket was issued
kiosk-choose-other = Choose another service
kiosk-understood = OK
kiosk-question = Are you still here?
kiosk-question-lead = If you do not touch the screen, your choice will be cancelled
kiosk-question-number = { $count ->
    [1] Your number stays valid
   *[other] Your numbers stay valid
}
kiosk-seconds = { $count ->
    [one] second
   *[other] seconds
}
kiosk-yes = Yes

# The demonstration
demo-day = The centre’s day
demo-pages = Operators’ pages: { $url } (logins: { $logins }; PIN { $pin })
demo-no-screen = There is no screen: the kiosk and the wall open no windows, their pictures will be in the folder.
demo-no-browser = There is no Chromium: no picture of the operator’s page was made.
demo-where = Slips, pictures and the day’s file: { $folder }
demo-visitors = visitors
demo-asked = services asked for
demo-tickets = tickets issued
demo-refused = refused
demo-served = served
demo-no-show = did not come
demo-expired = not served before closing
demo-cancelled = cancelled
demo-calls = calls (with repeated ones)
demo-printed = slips printed
demo-announced = calls announced
demo-skipped-by-rule = announcements skipped by rule
demo-wait-median-s = waiting, median (s)
demo-wait-p90-s = waiting, 9 of 10 waited no longer (s)
demo-laws-checked = laws of the queue checked
demo-laws-broken = laws broken

# The visitor's page behind the QR code
visitor-your-number = Your number
visitor-service = Service No. { $number }. Issued at { $time }
visitor-issued = Ticket issued
visitor-ahead = { $count ->
    [0] You are next
    [one] Ahead of you: { $count } person
   *[other] Ahead of you: { $count } people
}
visitor-waited = Your turn has come
visitor-call = You will be called
visitor-call-later = The number of the desk will appear here
visitor-called = Please come to desk No. { $desk }
visitor-state-serving = You are being served
visitor-state-served = Served. Thank you
visitor-state-no_show = You missed your call
visitor-state-cancelled = Ticket cancelled
visitor-state-expired = Closed for today
visitor-come-back = Ask at reception to return to the queue
visitor-wait-here = { $zone }, floor { $floor }.
visitor-order = Numbers may be called out of order.
visitor-refresh = Refresh
visitor-refreshed = Refreshed at { $time }
visitor-hotline = Hotline
visitor-unknown-title = Ticket not found
visitor-unknown = There is no ticket with this code today. The code works only on the day of issue.
cli-still-in-use = { $file }: still in use today: { $things }. Apply the change after the day is closed.
cli-newer-file = The data in { $folder } were written by a newer version of the program. Please update it.
cli-bad-place = A window's place is written 40,40, not { $place }.
cli-not-a-demo-folder = The folder { $folder } is not empty and not a demonstration's: its contents would be erased. Name another: --to FOLDER
