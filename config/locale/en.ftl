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
settings-more-than = expected a number greater than { $limit }
settings-less-than = expected a number less than { $limit }
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
settings-special-hours = expected hours for a short or special day, and none for a closed one
settings-priority-unfounded = expected legal_basis, proof (at least uk) and approved_by before active = true
settings-no-show-calls = expected a number of at most rules.max_calls ({ $limit })
settings-capacity-reopen = expected a number of at most rules.capacity_factor ({ $limit })
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

# The expected wait: in minutes up to an hour and a half, then in hours and half hours
wait-none = none
wait-up-to-minutes = up to { $high } min
wait-up-to-hours = up to { $high } h
wait-minutes = { $low }–{ $high } min
wait-minutes-hours = { $low } min – { $high } h
wait-hours = { $low }–{ $high } h
kiosk-wait-about = Waiting time about
kiosk-wait-now = No queue now: you will be called at once
kiosk-wait-now-short = no queue now
kiosk-wait-at-issue = Estimated wait at time of issue: { $wait }
kiosk-reason-suspended = Reception is suspended
kiosk-reason-ticketing_stopped = No more tickets for now. Please ask at reception
kiosk-suspended-lead = No tickets at this time. Please follow what the staff announce.
kiosk-stop-capacity = No more tickets for this service today
kiosk-stop-ticketing = No more tickets are given for this service
kiosk-stop-suspended = Reception is suspended
kiosk-stop-other = No tickets for this service at this time
kiosk-stop-then = Please ask at reception.
kiosk-stop-short = no tickets
slip-wait = Estimated wait at time of issue
visitor-wait = Estimated wait at time of issue: { $wait }
visitor-state-on_hold = Your ticket is on hold. Your place is kept
visitor-on-hold = When you are back, tell the staff or ask at reception
visitor-state-expected = You have an appointment today
visitor-expected = When you arrive, tell the reception

# --- the law of the queue: why something cannot be done now ---
problem-provider_suspended = Reception is suspended for the moment.
problem-provider_ticketing_stopped = No more tickets are given for this service today.
problem-foreign_provider = You may decide only about your own provider.
problem-unknown_provider = There is no such provider.
problem-unknown_priority = There is no such ground for service out of turn, or it is not in force.
problem-manual_call_by_head = Only the head of the centre may call a number out of order.
problem-undo_of_another = Only the person who did it may take back what was done with ticket { $number }.
problem-capacity_stop = There are no more tickets for service no. { $service } today. Please ask at reception.
problem-check_in_instead = Ticket { $number } is an appointment. Please confirm the arrival.
problem-claim_too_late = It is too late to claim service out of turn for ticket { $number }.
problem-claimed_before = This visitor has claimed service out of turn before, today.
problem-desk_still_busy = There is still a visitor at desk { $desk }. Finish the service first.
problem-held_not_snoozed = Ticket { $number } is on hold at desk { $desk }. Press “Is back”.
problem-holds_full = { $most ->
    [one] { $most } ticket is on hold at desk { $desk }. There is no room for more.
   *[other] { $most } tickets are on hold at desk { $desk }. There is no room for more.
}
problem-kept_for_desk = Ticket { $number } is waiting for desk { $desk }.
problem-late_entry_of_another_day = { $time } is not within today’s reception.
problem-late_entry_too_late = Number { $number } can no longer be entered: more than one working day has passed, or its time has not come.
problem-no_appointment = Ticket { $number } is not an appointment.
problem-not_a_number = “{ $number }” is not the number of a ticket. For example: Ц 7.
problem-not_the_agreed_time = { $time } was agreed for ticket { $number }. It cannot be called by record now.
problem-nothing_claimed = No service out of turn is claimed for ticket { $number }.
problem-nothing_to_undo = There is nothing to take back about ticket { $number }.
problem-nothing_to_undo_here = There is nothing to take back at desk { $desk }.
problem-number_known = Number { $number } is entered already.
problem-number_of_an_appointment = Number { $number } belongs to an appointment.
problem-number_of_another_queue = Number { $number } belongs to another queue.
problem-ordinary_first = Call { $number } first: this visitor has been waiting longest.
problem-reception_break = Reception has a break until { $until }.
problem-release_needs_reason = Desk { $desk } is in touch. Choose a reason to take the ticket from it.
problem-reopen_too_late = { $minutes ->
    [one] A service can be taken up again within { $minutes } minute. Please ask the head of the centre.
   *[other] A service can be taken up again within { $minutes } minutes. Please ask the head of the centre.
}
problem-return_period = { $minutes ->
    [one] Visitors are coming back after the alarm. Calls begin in { $minutes } minute.
   *[other] Visitors are coming back after the alarm. Calls begin in { $minutes } minutes.
}
problem-sibling_in_hand = The visitor is at desk { $desk } just now, with ticket { $number }.
problem-snooze_too_long = { $minutes ->
    [one] You may step out for { $minutes } minute at most.
   *[other] You may step out for { $minutes } minutes at most.
}
problem-snoozed_often_enough = { $most ->
    [one] You may step out only { $most } time with ticket { $number }.
   *[other] You may step out only { $most } times with ticket { $number }.
}
problem-something_followed = What was done with ticket { $number } can no longer be taken back: something has followed it.
problem-suspended = Reception is suspended. Calls begin again when it goes on.
problem-undo_too_late = { $seconds ->
    [one] It can be taken back only within { $seconds } second.
   *[other] It can be taken back only within { $seconds } seconds.
}
problem-wrong_reception_state = Reception: { $state }. This cannot be done now.
reception-state-planned = not begun yet
reception-state-open = open
reception-state-ticketing_stopped = no more tickets
reception-state-closing = ending
reception-state-closed = closed

## Simulated days (cherha simulate)

simulate-title = Reference hall, load { $load }: { $days ->
        [one] { $days } day
       *[other] { $days } days
    }, seed { $seed }
simulate-running = Playing days: { $policy }, load { $load }…
simulate-ours = our order
simulate-fifo = by arrival
simulate-strict = strict priority
simulate-ordinary = Ordinary visitors wait, min: mean · median · P90
simulate-booked = Booked, min
simulate-priority = Priority, min
simulate-overtaking = Passed over who waits beyond the cap: queue · desk · oldest
simulate-overtaken = How many overtook an ordinary visitor (P90)
simulate-two-desks = Called to two desks
simulate-promise = The promised time was enough
simulate-width = Width of the promise, min (median)
simulate-end = End after closing, min: median · P90
simulate-refused = Tickets refused
cli-bad-policy = The order of calls is ours, fifo, strict or all, not { $policy }.

## Why this number? Sentences that can be read to whoever complains. Not a word of anybody's priority.
why-called = Number { $number } was called at { $time } to desk { $desk }
why-on-day = { $date }. { $sentence }
why-ordinary = { why-called } in turn: { $passed ->
    [0] it had waited longest in the queue “{ $queue }”, since { $since }.
   *[other] of those in the queue “{ $queue }” who could be called it had waited longest, since { $since }.
}
why-forced = { why-called } in turn: it had waited longest in the queue “{ $queue }”, since { $since }. As many others had already been called before it as the rules allow in a row.
why-guard = { why-called } in turn: it had waited { $cap ->
    [60] over an hour
   *[other] over { $cap } min
}, since { $since }, the longest of all who could be called to this desk. Here the rules allow such a visitor to be overtaken at most { $most ->
    [one] { $most } time
   *[other] { $most } times
} in a row.
why-appointment = { why-called } by appointment: the agreed time was { $since }. An appointment for an agreed time comes before the general queue.
why-nobody_else = { why-called } in turn: there was no other number that could be called to this desk just then.
why-nobody_else_booked = { why-called } by appointment: the agreed time was { $since }. There was no other number that could be called to this desk just then.
why-other = { why-called }. The reason is another ground that the rules provide for. It is not told, so that nobody’s personal circumstances are disclosed.
why-staff-return = { why-called } at once: the service of this visitor had been begun and interrupted, and the visitor came back to finish it.
why-staff-priority = { why-called } out of turn or first in turn: the right is claimed and is proved at the desk.
why-staff-by_record = { why-called } by appointment, from the list of appointments: the agreed time was { $since }.
why-staff-manual = { why-called } out of order. { $reason ->
    [none] There is no reason in the log.
   *[other] Reason in the log: { $reason }.
}
why-passed-sibling = { $count ->
    [1] Number { $numbers } stood before it: this visitor was at another desk for another service just then and did not lose the place.
   *[other] Numbers { $numbers } stood before it: these visitors were at other desks for other services just then and did not lose their places.
}
why-passed-walking = { $count ->
    [1] Number { $numbers } stood before it: this visitor was on the way from another desk just then and did not lose the place.
   *[other] Numbers { $numbers } stood before it: these visitors were on the way from other desks just then and did not lose their places.
}
why-passed-returned_late = { $count ->
    [1] Number { $numbers } stood before it: this visitor had missed a call and come back, so by the rules others are called first.
   *[other] Numbers { $numbers } stood before it: these visitors had missed their calls and come back, so by the rules others are called first.
}
why-passed-pinned = { $count ->
    [1] Number { $numbers } stood before it: this visitor is to be received at another desk.
   *[other] Numbers { $numbers } stood before it: these visitors are to be received at other desks.
}
why-queue-shorter = This desk also calls from the queue “{ $queue }”, where number { $number } stood first. It had waited { $minutes } min (at most { $target } min is wished), and number { $own } { $own_minutes } min (at most { $own_target } min is wished), which is longer by comparison.
why-queue-later = This desk also calls from the queue “{ $queue }”, where number { $number } stood first, but it had joined its queue later.
why-queue-same = This desk also calls from the queue “{ $queue }”, where number { $number } stood first. Both had waited equally, so the ticket that was issued earlier was called.
why-queue-secondary = This desk also calls from the queue “{ $queue }”, but only when nobody can be called from its main queues or when the wait there has reached what is wished.
why-wait-waiting = Number { $number } has not been called yet. { $ahead ->
    [0] Nobody stands before it in the queue “{ $queue }”.
    [one] { $ahead } person stands before it in the queue “{ $queue }”.
   *[other] { $ahead } people stand before it in the queue “{ $queue }”.
}
why-wait-sibling = This visitor is at desk { $desk } now and does not lose the place.
why-wait-returned = The visitor missed a call and came back, so { $others ->
    [one] { $others } other number is called first.
   *[other] { $others } other numbers are called first.
}
why-wait-pinned = It will be called to desk { $desk }.
why-wait-expected = Number { $number } has not been called yet: the appointment is for { $time }, and the visitor has not checked in.
why-wait-held = The service of number { $number } is interrupted so that the visitor can prepare documents. Once back, the visitor is called first to desk { $desk }.
why-wait-snoozed = The visitor with number { $number } has stepped out until { $time } and does not lose the place.
why-wait-called = Number { $number } is called, and the visitor is waited for.
why-wait-serving = The visitor with number { $number } is being served.
why-wait-served = The visitor with number { $number } has been served.
why-wait-no_show = Number { $number } was called, but the visitor did not come.
why-wait-slot-missed = Number { $number } was not called: the visitor did not come at the agreed time, { $time }.
why-wait-cancelled = Ticket { $number } is cancelled, so it is not called.
why-wait-expired = Reception is over for today, number { $number } will not be called any more.
why-my-waiting = { $ahead ->
    [0] Nobody stands before you in the queue.
    [one] { $ahead } person stands before you in the queue.
   *[other] { $ahead } people stand before you in the queue.
}
why-my-sibling = You are at desk { $desk } now and do not lose your place.
why-my-returned = You came back after a missed call, so { $others ->
    [one] { $others } other number is called first.
   *[other] { $others } other numbers are called first.
}
why-my-pinned = You will be called to desk { $desk }.
why-my-expected = Your appointment is for { $time }. When you come, check in at the terminal or at reception.
why-my-held = Your service is interrupted. When you are back with the documents, come to desk { $desk } or to reception: you will be called first.
why-my-snoozed = You have stepped out until { $time }. You do not lose your place.
why-my-called = You are called. Please come to the desk.
why-my-serving = You are being served.
why-my-served = You have been served. Thank you.
why-my-no_show = Your call was missed. Ask at reception to return to the queue.
why-my-slot-missed = The agreed time, { $time }, is over. Check in at the terminal or at reception to join the general queue.
why-my-cancelled = Your ticket is cancelled.
why-my-expired = Reception is over for today.
why-suspended = Calls are suspended just now; the order of the queue is kept.
why-bound = Those who come by appointment, return to finish their business or have another ground that the rules provide for may be called earlier. Whoever has waited { $cap ->
    [60] over an hour
   *[other] over { $cap } min
} can be overtaken by appointment or priority at most { $most ->
    [one] { $most } time
   *[other] { $most } times
} in a row.

## The order of calls: the page for everybody, the explanation for staff, the audit of the log.
order-title = Order of calls
order-rule-first = Whoever took a ticket earlier is called earlier. Each letter has its own queue.
order-rules = Rules of the queue
order-rule-booked = Whoever made an appointment is called at the agreed time.
order-rule-other = Some are called earlier on another ground that the rules provide for. We do not say which: that is a person’s own business.
order-rule-bound = If you have waited { $cap ->
    [60] over an hour
   *[other] over { $cap } min
}, you can be overtaken by appointment or priority at most { $most ->
    [one] { $most } time
   *[other] { $most } times
} in a row.
order-ask = Is something not clear? Ask at reception.
order-public-queue = in turn
order-public-appointment = by appointment
order-public-other = another ground in the rules
order-find-label = Your number, or only its letter
order-find = Show
order-all = Show all
order-calls = { $count ->
    [0] Nobody has been called today yet
    [one] { $count } call today, the newest on top
   *[other] { $count } calls today, the newest on top
}
order-found = { $count ->
    [0] { $wanted }: not called today yet
    [one] { $wanted }: { $count } call
   *[other] { $wanted }: { $count } calls
}
order-not-a-number = “{ $typed }” is no number. Write the letter and the figures of your ticket, for example: А 17.
order-column-time = Time
order-column-number = Number
order-column-desk = Desk
order-column-reason = Reason
order-earlier = Earlier calls
order-newest = Newest calls
order-refresh-on = Refresh every minute
order-refresh-off = Do not refresh
order-refreshed = As of { $time }
order-why-title = Why this number?
order-why-lead = Enter a number of today’s tickets: “А 17” or “a17”.
order-why-label = Ticket number
order-why-find = Explain
order-why-unknown = There is no ticket { $number } today.
order-why-aloud = May be read to the visitor
order-why-staff = For staff only, not to be read aloud
order-why-calls = Calls of this number
order-why-record = Who stood there when { $number } was called ({ $time })
order-why-nobody = Nobody else could be called.
order-why-queue = Queue
order-why-class = Standing for
order-why-head = First who could be called
order-why-size = In all
order-why-passed = Stood earlier, but could not be called just then
order-why-runs = In a row after this call: by appointment { $appointments }, by priority { $priority }; at this desk past those who wait longest { $desk }.
order-why-tier = Ground: { $tier }.
order-why-by = Operator: { $name }
order-why-note = What the operator wrote: { $text }
order-why-around = Calls of this queue nearby
order-why-here = this call
order-class-R = came back to finish
order-class-A = by appointment
order-class-P = by priority
order-class-W = general queue
order-bar-sibling = at another desk for another service
order-bar-walking = on the way from another desk
order-bar-returned_late = back after a missed call
order-bar-pinned = waits for another desk
order-tier-return = return
order-tier-guard = longest wait at this desk
order-tier-forced = longest wait in the queue
order-tier-appointment = agreed time
order-tier-priority = priority
order-tier-ordinary = general queue
order-tier-nobody_else = nobody else
order-tier-by_record = by appointment, from the list
order-tier-manual = out of order
order-manual-help_disabled = help for a person with disability
order-manual-system_error = an error of the system
order-manual-repeat_visit = a repeated visit
order-manual-head_decision = decision of the head
order-manual-other = other
order-audit-manual = row { $seq }, { $day }, { $time }: { $number } was called to desk { $desk } out of order. By: { $who }. { $reason ->
    [none] THERE IS NO REASON.
   *[other] Reason: { $reason }.
} { $expected ->
    [none] In order, nobody would have been called just then.
   *[other] In order it should have been { $expected } ({ $tier }).
}
order-audit-out_of_order = row { $seq }, { $day }, { $time }: { $number } was called to desk { $desk } not in order; the log says “{ $said }”. By: { $who }. { $expected ->
    [none] In order, nobody would have been called just then.
   *[other] In order it should have been { $expected } ({ $tier }).
}
order-audit-forbidden = row { $seq }, { $day }, { $time }: { $number } was called to desk { $desk } although the rules forbade it ({ $code }); the log says “{ $said }”. By: { $who }.
order-audit-record_differs = row { $seq }, { $day }, { $time }: { $number } was rightly called to desk { $desk }, but the decision record in the log is not the one the rules give. By: { $who }.
order-audit-no_settings = row { $seq }, { $day }, { $time }: the call of { $number } to desk { $desk } cannot be judged, because the settings in force then are missing or were changed. By: { $who }.
order-audit-broken = row { $seq }: the event cannot be applied ({ $why }).
order-audit-gave-up = row { $seq }: the event cannot be applied ({ $why }). From here on the calls of this day were not judged.
order-audit-system = the system
order-audit-done = Days: { $days }. Calls: { $calls }. Departures from the order with a reason: { $explained }, without: { $unexplained }. Rows that cannot be applied: { $unfoldable }.
order-audit-bad-day = A day is written like 2026-03-16, not { $day }.
order-audit-no-day = The log has nothing of { $day }.

# --- appointments: why something cannot be done now ---
problem-slot_taken = This time is taken. Please choose another.
problem-no_such_slot = This time cannot be booked. Please choose another.
problem-not_bookable = Service no. { $service } cannot be booked ahead. Please take a ticket on the day.
problem-booking_too_late = It is too late to book this time. Please choose a later one.
problem-booking_too_far = It is too early to book this day. Please choose a nearer one.
problem-no_numbers_left = There are no numbers left for { $day }. Please choose another day.
problem-too_many_bookings = { $minutes ->
    [one] Too many attempts. Try again in { $minutes } minute, or call us.
   *[other] Too many attempts. Try again in { $minutes } minutes, or call us.
}
problem-unknown_appointment = There is no such appointment. Please check the code or the number.
problem-appointment_over = This appointment can no longer be changed.
problem-appointment_of_another_day = Your appointment is on { $day }. Please come then.
booking-calendar-summary = Appointment, number { $number }
booking-calendar-description = Check in at the terminal with the number { $number } or the six figures. If your plans change, move or cancel the appointment.
kiosk-have-booking = I have an appointment
kiosk-book = Book another day
kiosk-others-lead-booking = These cannot be booked at this kiosk
kiosk-reason-not_bookable = No appointments here. Ask at reception
kiosk-code-title = Enter your code or number
kiosk-code-lead = Six digits of the code, or the number, for example { $example }. If there is a scanner, hold the QR code to it
kiosk-code-erase = Delete
kiosk-code-confirm = I am here
kiosk-checking = Checking your appointment…
kiosk-arrived-title = You are checked in
kiosk-arrived-early = Your time is { $time }. Please wait, you will be called.
kiosk-arrived-in-time = Your number is { $number }, please wait for the call.
kiosk-arrived-late-title = You are in the general queue
kiosk-arrived-late = You are { $minutes } min late, so you join the general queue.
kiosk-arrived-late-then = Your number stays the same: { $number }. Please wait for the call.
kiosk-your-time = Your time
kiosk-message-not_checked_in = You are not checked in
kiosk-type-again = Enter again
kiosk-finding = Looking for free times…
kiosk-choose-day = Choose a day
kiosk-today = Today
kiosk-tomorrow = Tomorrow
kiosk-choose-time = Choose a time
kiosk-holding = Reserving the time…
kiosk-nearest = This time has just been taken. Choose another
kiosk-message-time_gone = This time has just been taken
kiosk-message-time_gone-text = Choose another time or another day.
kiosk-message-no_times = No free times
kiosk-message-no_times-text = All times for this service are taken. Join today’s queue or ask at reception.
kiosk-message-not_booked = The appointment was not made
kiosk-agree-title = Check your appointment
kiosk-day = Day
kiosk-time = Time
kiosk-agree-nameless = No name is needed. You get a number and a code on paper.
kiosk-agree-held = This time is kept for you until { $time }.
kiosk-agree = Book
kiosk-other-time = Choose another time
kiosk-booking = Booking…
kiosk-booked-title = Your appointment is booked
kiosk-booked-code = Code
kiosk-when = { $date }, { $time }
kiosk-printing-booking = Printing your confirmation…
kiosk-printing-booking-second = It will come out below the screen
kiosk-take-booking = Take your confirmation
kiosk-booked-come = On the day, come a little earlier
kiosk-booked-come-second = At the kiosk touch “I have an appointment”
kiosk-booking-valid = Saved: number { $number }, code { $code }. Photograph them.
kiosk-question-booked = The appointment is saved. Remember your number
kiosk-question-arrived = You are checked in. Please wait for the call
slip-booking-number = Appointment. Your number
slip-booking-when = { $date }, { $time }
slip-booking-code = Code for the kiosk
slip-booking-how = Come 10–30 minutes before this time. At the kiosk touch “I have an appointment” and enter the code or the number.
slip-booking-late = If you are late, you join the general queue with the same number.
slip-booking-papers = Bring the documents that the service needs.
slip-booking-change = The appointment can be moved or cancelled at reception.
slip-booking-qr-title = Your appointment
slip-booking-qr-how = To move or cancel it, point your phone camera here

# --- booking on the web ---
booking-title = Book a visit
booking-language = Language of the page
booking-lead = Choose a service and a time. You get your number at once, no account is needed.
booking-choose-service = Choose a service
booking-not-bookable = Not by appointment: take a ticket at the centre
booking-provider_schedule_unknown = No booking yet: the opening hours are not entered. Please ask at reception.
booking-provider_no_services = No booking yet: the list of services is not entered. Please ask at reception.
booking-booking_off = No booking ahead. Take a ticket at the centre.
booking-choose-time = Choose a day and a time
booking-today = today
booking-tomorrow = tomorrow
booking-free = { $count ->
    [one] { $count } free place
   *[other] { $count } free places
}
booking-full = all places are taken
booking-morning = Before noon
booking-afternoon = After noon
booking-no-days = There is nothing to book in the coming days. Take a ticket at the centre or ask at reception.
booking-other-service = Another service
booking-nearest = Nearest free times
booking-all-times = All free times
booking-take = Book { $time }
booking-your-time = Your time
booking-lost = Choose another time
booking-what = Service
booking-where = Where to come
booking-service = Service No. { $number }
booking-kept = This time is kept for you until { $time }.
booking-other-time = Choose another time
booking-person = Your name (if you wish)
booking-notice = You can book without a name: leave the fields empty. The name helps reception to recognise you, the contact lets us tell you of changes. Only staff of the centre see them; they are never shown on the screens or read aloud. They are erased a day after the agreed time.
booking-surname = Surname
booking-given_name = Given name
booking-contact = Telephone or e-mail
booking-contact-hint = Without a contact we cannot tell you of changes.
booking-mistakes = { $count ->
    [one] Please correct one field. You are not booked yet.
   *[other] Please correct the marked fields. You are not booked yet.
}
booking-missing-surname = Write the surname too, or leave the given name empty as well.
booking-missing-given_name = Write the given name too, or leave the surname empty as well.
booking-missing-contact = Write a contact.
booking-wrong-surname = Letters, hyphen and apostrophe only, at most 40 characters.
booking-wrong-given_name = Letters, hyphen and apostrophe only, at most 40 characters.
booking-wrong-contact = A telephone number or an e-mail address, at most 120 characters.
booking-do = Book
booking-state-booked = You are booked
booking-state-checked_in = Your arrival is confirmed
booking-state-late = You are in the general queue
booking-state-in_service = You are being served
booking-state-served = Served. Thank you
booking-state-no_show = The agreed time has passed
booking-state-cancelled_by_visitor = The booking is cancelled
booking-state-cancelled_by_centre = The centre has cancelled your booking
booking-state-moved = The booking was moved to another time
booking-next-checked_in = Please wait in the hall. Your number will be shown and read aloud.
booking-next-late = You came late: the number stays, your place is in the general queue. Please wait in the hall.
booking-next-no_show = If you are at the centre, ask at reception: the number is still good today.
booking-next-cancelled_by_centre = We are sorry. Choose another time or ask at reception.
booking-moved-now = The booking is moved
booking-come = How to come
booking-code = Arrival code
booking-qr = QR code of your booking
booking-bring = Have your passport or another identity document ready.
booking-check-in = At the centre confirm your arrival: type the number or the code at the terminal, or hold the QR code to it. Reception can do it too.
booking-late = If you are more than { $minutes } min late, the number stays but you join the general queue.
booking-acts = What you can do
booking-calendar = Add to calendar
booking-move = Move
booking-cancel = Cancel the booking
booking-save-page = Keep the address of this page: with it you can move or cancel the booking. Do not pass it on.
booking-again = Book again
booking-move-title = Move the booking
booking-now-at = Now: { $time }
booking-keep = Leave as it is
booking-move-sure = Move to this time?
booking-was = It was
booking-move-number = Instead of number { $number } you get a new number. The arrival code stays the same.
booking-move-do = Move
booking-cancel-sure = Cancel the booking?
booking-cancel-what = Others will be able to take this time. It cannot be given back.
booking-cancel-do = Yes, cancel
booking-no-service = This cannot be booked
booking-no-service-why = There is no such service or no such time. Please begin with the list of services.
booking-no-booking = No booking found
booking-no-booking-why = There is no booking at this address: its time is over, or the address was not copied whole.

## At the desk: who comes at an agreed time, and who is on hold
console-agreed = By appointment
console-agreed-expected = expected
console-agreed-here = checked in
console-agreed-late = late
console-agreed-all = The whole list: { $count }
console-agreed-soon = Appointment at { $time }: { $number }
console-agreed-one = { $time } { $number }
console-agreed-in-pause = By appointment in the next 30 min: { $list }
console-held = On hold
console-held-until = until { $time }
console-act-by-record = Call by appointment
console-act-come-back = Is back
console-why-agreed-early = { $number } can be called by appointment from { $time }
console-said-returned = { $number } comes back to you: press “Next”
