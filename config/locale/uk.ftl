# Українська. Один файл на мову: щоб додати мову, скопіюйте цей файл і перекладіть.
language-name = Українська
date-pattern-long = EEEE, d MMMM
date-pattern-year = d MMMM y
people = { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[many] { $count } людей
}

## Голос зали. Назви літер — так, як їх вимовляють; лише слова, жодної цифри.
voice-call-first = Увага! Номер { $letter } { $number }. Робоче місце номер { $desk }.
voice-call-second = Номер { $letter } { $number }, робоче місце номер { $desk }.
voice-letter-a = а
voice-letter-d = де
voice-letter-k = ка
voice-letter-l = ел
voice-letter-r = ер
voice-letter-f = еф
voice-letter-sh = ша
voice-letter-ya = я
voice-letter-h = ге
voice-letter-u = у
voice-letter-m = ем
voice-letter-ts = це

## Табло зали.
board-number = Номер
board-desk = Робоче місце
board-queue = Черга
board-waiting = Очікує
board-no-calls = Очікуйте на виклик
board-connecting = З’єднуємося із сервером
board-title = { $centre }, { $city }
board-no-connection = Немає зв’язку з { $time }. Показано останні виклики
board-no-connection-empty = Немає зв’язку з { $time }
board-listen = Стежте за оголошеннями працівників
board-no-connection-yet = Немає зв’язку із сервером
board-also-called = Також запрошуємо: { $calls }
board-also-called-one = { $number } до місця { $desk }
board-rule-order = Номери можуть викликатися не за порядком: попередній запис та позачергове обслуговування.
board-rule-tickets = На кожну послугу окремий талон.
board-rule-missed = Пропустили виклик? Зверніться до рецепції протягом { $minutes } хв.
# Помилки у файлі центру: «файл: ключ: значення: що має бути».
settings-nothing = немає
settings-line = рядок { NUMBER($line, useGrouping: 0) }
settings-end-of-file = кінець файлу
settings-file-missing = потрібен файл центру, а за цим шляхом нічого немає
settings-file-regular = потрібен звичайний файл, а не тека чи пристрій
settings-file-unreadable = потрібен файл, який дозволено читати
settings-file-large = потрібен файл до { NUMBER($limit, useGrouping: 0) } КБ: більший не може бути файлом центру
settings-file-encoding = потрібен текст у кодуванні UTF-8
settings-toml = потрібен запис за правилами TOML: ключ = значення, текст у прямих лапках "…"
settings-toml-twice = цей ключ або таблицю вже записано вище: залиште один запис
settings-toml-deep = потрібен звичайний файл TOML без безлічі вкладених дужок
settings-missing = потрібен обов’язковий ключ
settings-unknown-key = такого ключа немає; можна: { $known }
settings-unknown-key-near = такого ключа немає; можливо, { $near }
settings-text = потрібен текст у лапках
settings-text-empty = потрібен непорожній текст
settings-text-long = потрібен текст, не довший за { $limit ->
    [one] { $limit } знак
    [few] { $limit } знаки
   *[many] { $limit } знаків
}
settings-text-ukrainian = потрібен текст, щонайменше українською: {"{"} uk = "…", en = "…" {"}"}
settings-text-language = мови з таким кодом немає; є: { $known }
settings-whole-number = потрібне ціле число без лапок
settings-number = потрібне число без лапок
settings-at-least = потрібне число, не менше за { $limit }
settings-at-most = потрібне число, не більше за { $limit }
settings-yes-no = потрібно true або false без лапок
settings-date = потрібна дата без лапок, наприклад 2020-10-21
settings-time = потрібен час, наприклад "23:30"
settings-list = потрібен список у квадратних дужках: ["…", "…"]
settings-list-empty = потрібен щонайменше один запис
settings-rows = потрібні окремі записи [[{ $section }]]
settings-table = потрібна таблиця: {"{"} … {"}"}
settings-one-of = потрібне одне з: { $choices }
settings-code = потрібен код: мала латинська літера, далі малі латинські літери, цифри, «-» або «_», до 32 знаків
settings-letter = потрібна одна з літер { $letters }: решту плутають із цифрами або на слух
settings-wire = потрібна адреса принтера: network:HOST:PORT, usb:VENDOR:PRODUCT, serial:/dev/…, cups:QUEUE, file:PATH або memory:
settings-public-url = потрібна адреса, що починається з https:// або http://, чи порожній текст
settings-interval = потрібен проміжок дня, наприклад "08:00-17:00"
settings-interval-order = потрібен час початку, раніший за час кінця
settings-timezone = потрібен часовий пояс із бази IANA, наприклад "Europe/Kyiv"
settings-other = потрібне інше значення: { $message }
settings-taken = потрібне інше значення: це вже має { $holder }
settings-repeated = те саме записано двічі: залиште один запис
settings-no-such-zone = такої зони немає; є: { $known }
settings-no-such-provider = такої установи немає; є: { $known }
settings-no-such-group = такої групи немає; є: { $known }
settings-desk-provider = на одному робочому місці потрібні групи однієї установи ({ $provider }), а ця належить { $other }
settings-operator-provider = потрібна група установи працівника ({ $provider }), а ця належить { $other }
settings-hours-overlap = потрібні проміжки, що не накладаються: інший проміжок цього дня — { $other }
settings-hours-stop = потрібен час, не пізніший за rules.hard_day_stop ({ $stop })
settings-no-show-calls = потрібне число, не більше за rules.max_calls ({ $limit })
settings-language-file = файлу перекладу для цієї мови немає; є: { $known }
settings-language-ukrainian = серед мов потрібна українська: "uk"
settings-no-desk = потрібне щонайменше одне робоче місце, де приймають цю групу: інакше талонів ніхто не викличе
settings-no-operator = потрібен щонайменше один працівник, який приймає цю групу (primary або secondary)
settings-operator-idle = потрібна щонайменше одна група, яку приймають на якомусь робочому місці

## Пульт працівника.
console-app = Електронна черга
console-sign-in-title = Вхід для працівників
console-login = Логін
console-pin = PIN
console-sign-in-do = Увійти
console-sign-in-first = Спочатку увійдіть
console-sign-in-empty = Введіть логін і PIN
console-sign-in-help = Немає доступу або забули PIN? Зверніться до керівника центру.
console-sign-out = Вийти
console-needs-script = Для роботи за місцем потрібні скрипти. Увімкніть JavaScript у браузері.
console-trouble-title = Сторінку не показано
console-trouble-back = До робочих місць
console-no-such-desk = Робочого місця № { $desk } у центрі немає.
console-desks-title = Оберіть робоче місце
console-desks-lead = Номер місця вказано на табличці біля столу.
console-desks-none = У центрі ще немає робочих місць. Зверніться до керівника центру.
console-desk-number = Робоче місце №
console-desk-queues = Черги
console-desk-take = Зайняти
console-desk-mine = Продовжити
console-desk-look = Переглянути
console-desk-free = Вільне
console-desk-calling = Викликає
console-desk-serving = Обслуговує
console-desk-ready = Працює
console-desk-paused = Перерва
console-desk-you = Ваше місце
console-desk-title = Робоче місце № { $desk }
console-language = Мова
console-role-operator = Працівник
console-role-reception = Рецепція
console-role-provider_head = Керівник установи
console-role-centre_head = Керівник центру
console-role-coordinator = Координатор
console-role-editor = Редактор
console-role-admin = Адміністратор
console-other-desk = Інше місце
console-work = Обслуговування
console-lists = Списки
console-actions = Дії
console-no-call = Немає виклику
console-full-name = Повна назва
console-close-dialog = Закрити
console-back = Назад
console-waited = Час очікування
console-issued = Талон видано
console-calls = Виклик
console-queue = Черга
console-missed = Пропустили
console-column-number = Номер
console-column-note = Примітка
console-column-waits = Чекає
console-column-missed = Коли
console-column-do = Дія
console-served = Сьогодні обслужено відвідувачів:
console-keys = Усі клавіші
console-keys-title = Клавіші
console-keys-this = Ця підказка
console-keys-tab = Наступна кнопка
console-keys-enter = Натиснути кнопку
console-keys-esc = Закрити вікно
console-state-closed = Місце вільне
console-state-ready = Готово до виклику
console-state-calling = Викликано
console-state-serving = Обслуговується
console-state-paused = Перерва
console-pause-title = Причина перерви
console-pause-lunch = Обід
console-pause-technical = Технічна перерва
console-pause-training = Навчання
console-pause-other = Інше
console-outcome-title = Завершити з іншим результатом
console-outcome-consultation = Надано консультацію
console-outcome-result_given = Видано результат
console-outcome-incomplete = Бракує документів
console-outcome-refused = Відмовлено
console-outcome-other = Інше
console-act-open = Зайняти місце
console-act-next = Наступний
console-act-start = Підійшов
console-act-recall = Повторити
console-act-finish = Завершити
console-act-outcome = Інший результат…
console-act-transfer = Передати…
console-act-no-show = Не з’явився
console-act-withdraw = Скасувати виклик
console-act-pause = Пауза…
console-act-resume = Продовжити
console-act-close = Звільнити місце
console-act-reinstate = Повернути в чергу
console-service-number = Послуга № { $number }
console-idle-queue = У черзі: { $count }
console-idle-longest = Найдовше очікування: { $minutes } хв
console-idle-nobody = Черга порожня
console-idle-closed = Натисніть «Зайняти місце», щоб почати роботу
console-minutes = { $minutes } хв
console-just-now = щойно
console-under-a-minute = менше 1 хв
console-calls-so-far = { $count } із { $limit }
console-note-return = повернення
console-note-language = мова: { $language }
console-queue-empty = Черга порожня. Нові талони з’являться тут одразу.
console-missed-empty = Сьогодні ніхто не пропустив виклику.
console-rows-more = Далі в списку ще: { $count }
console-siblings = Відвідувач має ще талони: { $numbers }
console-link-up = Зв’язок є
console-link-down = Немає зв’язку з { $time }. Показано останній відомий стан
console-link-wait = З’єднуємося…
console-sending = Надсилаємо…
console-lost = Немає зв’язку із сервером. Команду не підтверджено. Коли зв’язок відновиться, сторінка покаже справжній стан.
console-lost-question = Немає зв’язку із сервером. Спробуйте ще раз трохи згодом.
console-strange = Сервер відповів незрозуміло. Оновіть сторінку. Якщо це повториться, зверніться до адміністратора.
console-why-not-mine = За цим місцем працює { $name }. Тут можна лише дивитися.
console-why-not-open = Спочатку займіть місце
console-why-paused = Зараз перерва. Спочатку натисніть «Продовжити»
console-why-no-ticket = Спочатку натисніть «Наступний»: зараз нікого не викликано
console-why-no-ticket-called = Немає чого завершувати: зараз нікого не викликано
console-why-finish-first = Спочатку завершіть обслуговування { $number }
console-why-answer-first = Спочатку вкажіть, чи підійшов відвідувач { $number }
console-why-start-first = Спочатку натисніть «Підійшов»
console-why-already-here = Неможливо: відвідувач уже підійшов
console-why-recall-wait = Повторити можна через { $time }
console-why-recall-max = Більше повторів немає. Зроблено викликів: { $count }
console-why-no-show-calls = Спочатку повторіть виклик. Потрібно викликів: { $need }, зроблено: { $count }
console-why-no-show-wait = Відзначити «Не з’явився» можна через { $time }
console-why-pick = Спочатку оберіть, куди передати
console-said-called = Викликано { $number }
console-said-recalled = Виклик { $number } повторено
console-said-started = Розпочато обслуговування { $number }
console-said-finished = Обслуговування { $number } завершено
console-said-missed = Талон { $number }: не з’явився. Його можна повернути зі списку «Пропустили»
console-said-withdrawn = Виклик { $number } скасовано. Талон знову в черзі на своєму місці
console-said-transferred = Талон { $number } передано. Номер і місце в черзі збережено
console-said-reinstated = Талон { $number } повернуто в чергу
console-said-paused = Перерва. Талони не викликаються
console-said-resumed = Роботу продовжено
console-said-opened = Місце зайнято. Можна викликати
console-said-nobody = Черга порожня
console-said-siblings = Викликати поки що нікого: відвідувачів, які очікують, зараз обслуговують за іншими місцями
console-transfer-title = Передати { $number }
console-transfer-lead = Номер і місце в черзі зберігаються.
console-transfer-to = Куди передати
console-transfer-service = Інша послуга
console-transfer-desk = Інше робоче місце
console-transfer-find = Номер послуги або слово з назви
console-transfer-do = Передати
console-transfer-no-desk = Немає іншого відкритого місця, яке обслуговує цю чергу.
console-transfer-no-service = Такої послуги немає серед відкритих установ.

## Талон на папері. Пробіл між числом і словом не розривається.
slip-your-number = Ваш номер
slip-service = Послуга № { NUMBER($number, useGrouping: 0) }
slip-ahead = Перед вами на час видачі
slip-nobody-ahead = нікого
slip-place = { $zone }, поверх { $floor }
slip-one-service = На кожну послугу окремий талон.
slip-order = Номери можуть викликатися не за порядком: попередній запис та позачергове обслуговування.
slip-missed = Пропустили виклик? Зверніться до рецепції протягом { $minutes ->
    [one] { $minutes } хвилини.
   *[other] { $minutes } хвилин.
}
slip-missed-no-return = Пропустили виклик? Зверніться до рецепції.
slip-qr-title = Стан вашої черги
slip-qr-how = Наведіть камеру телефона
slip-hotline = Гаряча лінія

# Стани талона та відповіді сервера (problem-<код>)
ticket-state-expected = очікується
ticket-state-waiting = в черзі
ticket-state-called = викликано
ticket-state-serving = обслуговується
ticket-state-on_hold = відкладено
ticket-state-served = обслужено
ticket-state-no_show = не з’явився
ticket-state-cancelled = скасовано
ticket-state-expired = не прийнято до закриття
problem-unknown_service = Послуги № { $service } немає в переліку центру.
problem-unknown_ticket = Такого талона сьогодні немає.
problem-unknown_visit = Такого відвідування сьогодні немає.
problem-unknown_desk = Робочого місця № { $desk } у центрі немає.
problem-unknown_secret = За цим кодом талона сьогодні немає.
problem-unknown_call = Такого виклику сьогодні немає.
problem-unknown_user = Користувача «{ $login }» немає.
problem-unknown_language = Такої мови в центрі немає.
problem-same_service_twice = На послугу № { $service } у вас уже є талон.
problem-too_many_tickets = { $most ->
    [one] Одночасно можна мати не більше ніж { $most } талон.
    [few] Одночасно можна мати не більше ніж { $most } талони.
   *[many] Одночасно можна мати не більше ніж { $most } талонів.
}
problem-provider_schedule_unknown = Графік прийому не внесено. Уточнюйте на рецепції.
problem-provider_no_services = Перелік послуг ще не внесено. Уточнюйте на рецепції.
problem-provider_closed_today = Сьогодні прийому за цією послугою немає.
problem-provider_not_open_yet = Прийом за цією послугою ще не розпочато.
problem-provider_closed_for_today = Прийом за цією послугою на сьогодні завершено.
problem-reception_not_open = Прийом ще не розпочато.
problem-day_closed = Робочий день завершено.
problem-wrong_state = Талон { $number }: { $state }. Ця дія зараз неможлива.
problem-return_too_late = { $minutes ->
    [one] Повернути в чергу можна протягом { $minutes } хвилини після пропущеного виклику. Візьміть новий талон.
   *[other] Повернути в чергу можна протягом { $minutes } хвилин після пропущеного виклику. Візьміть новий талон.
}
problem-returned_too_often = { $most ->
    [one] Талон уже повертали в чергу { $most } раз. Візьміть новий талон.
    [few] Талон уже повертали в чергу { $most } рази. Візьміть новий талон.
   *[many] Талон уже повертали в чергу { $most } разів. Візьміть новий талон.
}
problem-desk_closed = Робоче місце № { $desk } не відкрите.
problem-desk_taken = Робоче місце № { $desk } зайняте іншим працівником.
problem-desk_paused = На робочому місці № { $desk } перерва. Спочатку продовжте прийом.
problem-desk_without_skill = На робочому місці № { $desk } цю послугу не надають.
problem-foreign_desk = За робочим місцем № { $desk } працює інший працівник.
problem-foreign_ticket = Талон { $number } належить до черги, за якою ви не ведете прийом.
problem-already_at_desk = Ви вже працюєте на робочому місці № { $desk }. Спочатку звільніть його.
problem-no_skill_at_desk = За чергами робочого місця № { $desk } ви не ведете прийом.
problem-finish_first = Спочатку завершіть обслуговування { $number }.
problem-call_in_hand = Спочатку завершіть виклик { $number }.
problem-nobody_at_desk = На робочому місці № { $desk } зараз нікого не викликано.
problem-called_often_enough = { $most ->
    [one] Талон { $number } викликано вже { $most } раз.
    [few] Талон { $number } викликано вже { $most } рази.
   *[many] Талон { $number } викликано вже { $most } разів.
}
problem-call_again_first = { $least ->
    [one] Спочатку викличте { $number } щонайменше { $least } раз.
    [few] Спочатку викличте { $number } щонайменше { $least } рази.
   *[many] Спочатку викличте { $number } щонайменше { $least } разів.
}
problem-recall_too_soon = { $seconds ->
    [one] Повторити виклик можна через { $seconds } секунду.
    [few] Повторити виклик можна через { $seconds } секунди.
   *[many] Повторити виклик можна через { $seconds } секунд.
}
problem-no_show_too_soon = { $seconds ->
    [one] Відзначити «Не з’явився» можна через { $seconds } секунду.
    [few] Відзначити «Не з’явився» можна через { $seconds } секунди.
   *[many] Відзначити «Не з’явився» можна через { $seconds } секунд.
}
problem-transfer_where = Оберіть послугу або робоче місце, куди передати.
problem-transfer_to_itself = Відвідувач уже на робочому місці № { $desk }.
problem-role_missing = У вас немає прав на цю дію.
problem-not_signed_in = Увійдіть, щоб продовжити.
problem-sign_in_failed = Логін або PIN не збігаються.
problem-locked_out = { $minutes ->
    [one] Забагато невдалих спроб. Спробуйте через { $minutes } хвилину.
    [few] Забагато невдалих спроб. Спробуйте через { $minutes } хвилини.
   *[many] Забагато невдалих спроб. Спробуйте через { $minutes } хвилин.
}
problem-pin_length = PIN має містити від 4 до 64 знаків.
problem-key_reused = Цей ключ запиту вже використано для іншого запиту.
problem-bad_key = { $most ->
    [one] Ключ запиту має містити не більше ніж { $most } знак.
    [few] Ключ запиту має містити не більше ніж { $most } знаки.
   *[many] Ключ запиту має містити не більше ніж { $most } знаків.
}
problem-broken_json = Запит не є правильним JSON.
problem-broken_message = Запит має не ту форму, якої очікує сервер.
problem-bad_request = Запит неправильний.
problem-no_such_page = Такої сторінки немає.
problem-wrong_method = За цією адресою така дія неможлива.
problem-too_large = Запит завеликий.
problem-not_json = Запит має бути у форматі JSON.
problem-page_outdated = Сторінка застаріла. Оновіть її та спробуйте ще раз.
problem-storage_trouble = Сервер не зміг зберегти дані. Нічого не змінено. Спробуйте ще раз.
problem-bug = Помилка сервера. Її записано. Спробуйте ще раз.

# Програма cherha
cli-serving = Сервер центру «{ $centre }» працює: { $url }
cli-first-admin = Перший запуск. Логін адміністратора: admin, пароль: { $password }. Запишіть його: більше він показаний не буде.
cli-checked = { $file }: помилок немає (послуг: { $services }, робочих місць: { $desks }).
cli-folder-in-use = З текою { $folder } уже працює інший сервер, або він не відповідає.
cli-address-in-use = Не вдалося слухати { $address }: адресу зайнято або вона недоступна.
cli-no-file = У теці { $folder } немає даних центру. Спершу запустіть: cherha serve --centre ФАЙЛ --data { $folder }
cli-verified = { $mistakes ->
    [0] Перевірено: рядків журналу { $rows }, записів { $records }. Розбіжностей немає.
   *[other] Перевірено: рядків журналу { $rows }, записів { $records }. Розбіжностей: { $mistakes }.
}
cli-bad-user = Неправильно вказано: { $fields }.
cli-user-saved = Користувача { $login } збережено.
cli-pin-set = PIN для { $login } змінено.
cli-bad-device = Вид пристрою має бути kiosk або board (а не { $kind }), назва до 40 знаків.
cli-bad-speed = Швидкість має бути числом або max, а не { $speed }.
cli-bad-size = Розмір екрана пишуть так: 1080x1920, а не { $size }.
cli-token-needed = Потрібен ключ пристрою. На сервері: cherha device add НАЗВА --kind { $kind } --data ТЕКА
cli-token-unknown = Сервер { $url } не знає цього ключа пристрою. Новий ключ — на сервері: cherha device add НАЗВА --kind { $kind } --data ТЕКА
cli-bad-server = Адресу сервера пишуть так: http://192.168.0.10:8080, а не { $url }.
cli-bad-wire = Принтера за адресою «{ $wire }» не буває. Пишуть так: network:HOST:PORT, usb:VENDOR:PRODUCT, serial:/dev/ttyUSB0, cups:QUEUE, file:PATH або memory:
cli-bad-paper = Папір буває завширшки 80 або 58 мм, а не { $paper }.
cli-bad-pin = PIN має містити від 4 до 64 знаків.
cli-bad-path = { $path }: не вдалося ({ $reason }). Потрібна тека, у яку програма може писати.
cli-bad-file = Файл у теці { $folder } не є журналом центру або пошкоджений ({ $reason }). Вкажіть теку цього центру, порожню теку або відновіть копію.
cli-no-screen = Екрана не знайдено. Запустіть у графічному сеансі (змінна DISPLAY або WAYLAND_DISPLAY).
cli-not-installed = Для цієї команди тут бракує пакета { $module }: на цю машину встановлено іншу роль. Потрібно: make install ROLE=server, kiosk або board; для demo — make demo.
cli-waiting-for-server = Сервер { $url } не відповідає. Чекаємо, доки він з’явиться…

# Термінал
kiosk-language = Мова
kiosk-help-question = Потрібна допомога?
kiosk-help-answer = Зверніться до рецепції
kiosk-start-title = Чим можемо допомогти?
kiosk-start-lead = Торкніться кнопки, щоб стати в чергу
kiosk-join = Стати в чергу
kiosk-join-second = Отримати талон на сьогодні
kiosk-way-choose = Оберіть послугу й візьміть талон
kiosk-way-choose-second = На кожну послугу потрібен окремий талон
kiosk-way-wait = Чекайте виклику в залі
kiosk-way-wait-second = Ваш номер покаже табло й назве голос
kiosk-way-go = Підійдіть до робочого місця
kiosk-way-go-second = Його номер буде поруч із вашим
kiosk-open-today = Сьогодні приймають
kiosk-closed-title = Зараз талони не видаються
kiosk-closed-lead = Приходьте в години прийому або зверніться до рецепції
kiosk-connecting-title = Зачекайте
kiosk-connecting-lead = Термінал готується до роботи
kiosk-out-title = Термінал тимчасово не працює
kiosk-out-first = Зверніться до рецепції.
kiosk-out-then = Там вам видадуть талон на будь-яку послугу центру.
kiosk-out-lead = Термінал запрацює сам, щойно відновиться зв’язок.
kiosk-out-code = Для працівників: { $code }
kiosk-choose-provider = Оберіть установу
kiosk-choose-group = Оберіть групу послуг
kiosk-choose-service = Оберіть послугу
kiosk-choose-language = Мова · Language
kiosk-others = Інші установи
kiosk-others-lead = Зараз талони сюди не видаються
kiosk-number-sign = № { $number }
kiosk-service = Послуга № { $number }
kiosk-official-name = Послуга № { $number }. { $name }
kiosk-back = Назад
kiosk-next = Далі
kiosk-page = Сторінка { $page } з { $pages }
kiosk-reason-schedule_unknown = Графік прийому не внесено. Уточнюйте на рецепції
kiosk-reason-no_services = Перелік послуг ще не внесено
kiosk-reason-closed_today = Сьогодні прийому немає
kiosk-reason-not_open_yet = { $hour ->
    [11] Відкриємось об { $time }
   *[other] Відкриємось о { $time }
}
kiosk-reason-closed_now = Прийом ще не розпочато
kiosk-reason-closed_for_today = Прийом сьогодні завершено
kiosk-reason-other = Зараз талони не видаються. Уточнюйте на рецепції
kiosk-day-mon = понеділок
kiosk-day-tue = вівторок
kiosk-day-wed = середа
kiosk-day-thu = четвер
kiosk-day-fri = п’ятниця
kiosk-day-sat = субота
kiosk-day-sun = неділя
kiosk-hours = Графік прийому: { $hours }
kiosk-confirm-title = Перевірте вибір
kiosk-full-name = Повна назва
kiosk-ahead = Перед вами
kiosk-ahead-line = Перед вами: { $people }
kiosk-nobody = нікого
kiosk-also = Також обрано
kiosk-and-more = { $count ->
    [one] та ще { $count } послугу
    [few] та ще { $count } послуги
   *[many] та ще { $count } послуг
}
kiosk-services = { $count ->
    [one] { $count } послугу
    [few] { $count } послуги
   *[many] { $count } послуг
}
kiosk-one-service-one-slip = На кожну послугу потрібен окремий талон.
kiosk-take = Отримати талон
kiosk-take-many = { $count ->
    [one] Отримати { $count } талон
    [few] Отримати { $count } талони
   *[many] Отримати { $count } талонів
}
kiosk-add = Додати ще одну послугу
kiosk-printing = Друкуємо талон…
kiosk-printing-second = Він з’явиться під екраном
kiosk-please-wait = Зачекайте, будь ласка
kiosk-lost-first = Немає зв’язку. Пробуємо ще раз…
kiosk-lost-then = Ваш вибір збережено. Зачекайте, будь ласка.
kiosk-lost-lead = Якщо очікування триває довго, зверніться до рецепції.
kiosk-give-up = Не чекати
kiosk-your-number = Ваш номер
kiosk-your-numbers = Ваші номери
kiosk-take-slip = Візьміть талон
kiosk-take-slips = { $count ->
    [one] Візьміть { $count } талон
    [few] Візьміть { $count } талони
   *[many] Візьміть { $count } талонів
}
kiosk-take-slip-second = Надруковано під екраном
kiosk-take-slip-unknown = Немає талона? Запам’ятайте номер
kiosk-wait-floor = Чекайте виклику, поверх { $floor }
kiosk-wait = Чекайте виклику
kiosk-watch = Стежте за табло та оголошеннями
kiosk-watch-second = Там назвуть ваш номер і робоче місце
kiosk-more = Ще послуга
kiosk-done = Готово
kiosk-trouble-paper_out = Папір закінчився.
kiosk-trouble-printer_away = Принтер не відповідає.
kiosk-trouble-cover_open = Кришку принтера відкрито.
kiosk-trouble-printer_error = Принтер не працює.
kiosk-number-valid = Ваш номер { $number } дійсний. Запам’ятайте або сфотографуйте його.
kiosk-numbers-valid = Ваші номери дійсні. Запам’ятайте або сфотографуйте їх.
kiosk-reprint = Надрукувати ще раз
kiosk-message-already_chosen = Цю послугу вже обрано
kiosk-message-already_chosen-text = На кожну послугу видається один талон. Другого такого самого не потрібно.
kiosk-message-too_many = Більше послуг додати не можна
kiosk-message-too_many-text = { $most ->
    [one] За один раз можна отримати не більше { $most } талона. З іншими питаннями зверніться до рецепції.
   *[other] За один раз можна отримати не більше { $most } талонів. З іншими питаннями зверніться до рецепції.
}
kiosk-message-refused = Талон не видано
kiosk-choose-other = Обрати іншу послугу
kiosk-understood = Зрозуміло
kiosk-question = Ви ще тут?
kiosk-question-lead = Якщо не торкнутися екрана, вибір буде скасовано
kiosk-question-number = { $count ->
    [1] Ваш номер залишається дійсним
   *[other] Ваші номери залишаються дійсними
}
kiosk-seconds = { $count ->
    [one] секунда
    [few] секунди
   *[many] секунд
}
kiosk-yes = Так

# Демонстрація
demo-day = День центру
demo-pages = Сторінки працівників: { $url } (логіни: { $logins }; PIN { $pin })
demo-no-screen = Екрана немає: вікна термінала й табло не відкрито, знімки будуть у теці.
demo-no-browser = Браузера Chromium немає: знімок сторінки працівника не зроблено.
demo-where = Талони, знімки й дані дня: { $folder }
demo-visitors = відвідувачів
demo-asked = послуг запитано
demo-tickets = талонів видано
demo-refused = відмовлено
demo-served = обслужено
demo-no-show = не з’явилися
demo-expired = не прийнято до закриття
demo-cancelled = скасовано
demo-calls = викликів (з повторними)
demo-printed = надруковано талонів
demo-announced = викликів оголошено
demo-skipped-by-rule = оголошень пропущено за правилом
demo-wait-median-s = очікування, медіана (с)
demo-wait-p90-s = очікування, 9 з 10 чекали не довше (с)
demo-laws-checked = законів черги перевірено
demo-laws-broken = законів порушено

# Сторінка відвідувача за QR-кодом
visitor-your-number = Ваш номер
visitor-service = Послуга № { $number }. Видано: { $time }
visitor-issued = Талон видано
visitor-ahead = { $count ->
    [0] Ви наступні
    [one] Перед вами: { $count } людина
    [few] Перед вами: { $count } людини
   *[many] Перед вами: { $count } людей
}
visitor-waited = Ваша черга настала
visitor-call = Запрошуємо
visitor-call-later = Номер робочого місця з’явиться тут
visitor-called = Запрошуємо. Робоче місце № { $desk }
visitor-state-serving = Вас обслуговують
visitor-state-served = Обслужено. Дякуємо
visitor-state-no_show = Виклик пропущено
visitor-state-cancelled = Талон скасовано
visitor-state-expired = Прийом на сьогодні завершено
visitor-come-back = Зверніться до рецепції, щоб повернутися в чергу
visitor-wait-here = { $zone }, поверх { $floor }.
visitor-order = Номери можуть викликатися не за порядком.
visitor-refresh = Оновити
visitor-refreshed = Оновлено: { $time }
visitor-hotline = Гаряча лінія
visitor-unknown-title = Талон не знайдено
visitor-unknown = За цим кодом талона сьогодні немає. Код діє лише в день видачі.
cli-still-in-use = { $file }: сьогодні ще використовується: { $things }. Застосуйте зміни після завершення дня.
cli-newer-file = Дані в теці { $folder } записала новіша версія програми. Оновіть програму.
cli-bad-place = Місце вікна пишуть так: 40,40, а не { $place }.
cli-not-a-demo-folder = Тека { $folder } не порожня й не від демонстрації: її вміст було б стерто. Вкажіть іншу: --to ТЕКА
