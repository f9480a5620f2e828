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
settings-more-than = потрібне число, більше за { $limit }
settings-less-than = потрібне число, менше за { $limit }
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
settings-special-hours = для дня short або special потрібні години hours, а для closed їх не пишуть
settings-priority-unfounded = щоб увімкнути (active = true), потрібні legal_basis, proof (щонайменше uk) та approved_by
settings-no-show-calls = потрібне число, не більше за rules.max_calls ({ $limit })
settings-capacity-reopen = потрібне число, не більше за rules.capacity_factor ({ $limit })
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

# Орієнтовний час очікування: до півтори години в хвилинах, далі в годинах і півгодинах
wait-none = немає
wait-up-to-minutes = до { $high } хв
wait-up-to-hours = до { $high } год
wait-minutes = { $low }–{ $high } хв
wait-minutes-hours = { $low } хв – { $high } год
wait-hours = { $low }–{ $high } год
kiosk-wait-about = Чекати приблизно
kiosk-wait-now = Зараз вільно — вас покличуть одразу
kiosk-wait-now-short = зараз вільно
kiosk-wait-at-issue = Орієнтовне очікування на час видачі: { $wait }
kiosk-reason-suspended = Прийом призупинено
kiosk-reason-ticketing_stopped = Видачу талонів припинено. Уточнюйте на рецепції
kiosk-suspended-lead = Талони зараз не видаються. Стежте за оголошеннями працівників.
kiosk-stop-capacity = На сьогодні талонів на цю послугу більше немає
kiosk-stop-ticketing = Видачу талонів на цю послугу припинено
kiosk-stop-suspended = Прийом призупинено
kiosk-stop-other = Зараз талони на цю послугу не видаються
kiosk-stop-then = Зверніться до рецепції.
kiosk-stop-short = талонів немає
slip-wait = Орієнтовне очікування на час видачі
visitor-wait = Орієнтовне очікування на час видачі: { $wait }
visitor-state-on_hold = Талон відкладено. Місце в черзі збережено
visitor-on-hold = Коли повернетеся, скажіть працівникові або на рецепції
visitor-state-expected = Ви записані на сьогодні
visitor-expected = Коли прийдете, скажіть про це на рецепції

# --- the law of the queue: why something cannot be done now ---
problem-provider_suspended = Прийом тимчасово призупинено.
problem-provider_ticketing_stopped = Видачу талонів за цією послугою на сьогодні припинено.
problem-foreign_provider = Ви можете керувати прийомом лише своєї установи.
problem-unknown_provider = Такої установи немає.
problem-unknown_priority = Такої підстави для позачергового обслуговування немає або її не введено в дію.
problem-manual_call_by_head = Викликати номер поза порядком може лише керівник центру.
problem-undo_of_another = Скасувати дію з талоном { $number } може лише той, хто її зробив.
problem-capacity_stop = На сьогодні талонів на послугу № { $service } більше немає. Зверніться до рецепції.
problem-check_in_instead = Талон { $number } — за попереднім записом. Підтвердьте прибуття.
problem-claim_too_late = Для талона { $number } підставу для позачергового обслуговування вже не можна заявити.
problem-claimed_before = Сьогодні цей відвідувач уже заявляв підставу для позачергового обслуговування.
problem-desk_still_busy = На робочому місці № { $desk } ще є відвідувач. Спочатку завершіть обслуговування.
problem-held_not_snoozed = Талон { $number } відкладено на робочому місці № { $desk }. Натисніть «Повернувся».
problem-holds_full = { $most ->
    [one] На робочому місці № { $desk } уже відкладено { $most } талон. Більше відкласти не можна.
    [few] На робочому місці № { $desk } уже відкладено { $most } талони. Більше відкласти не можна.
   *[other] На робочому місці № { $desk } уже відкладено { $most } талонів. Більше відкласти не можна.
}
problem-kept_for_desk = Талон { $number } очікує на робоче місце № { $desk }.
problem-late_entry_of_another_day = Час { $time } не належить до сьогоднішнього прийому.
problem-late_entry_too_late = Номер { $number } уже не можна внести: минуло більше одного робочого дня, або час ще не настав.
problem-no_appointment = Талон { $number } — не за попереднім записом.
problem-not_a_number = «{ $number }» — не номер талона. Приклад: Ц 7.
problem-not_the_agreed_time = Для талона { $number } узгоджено час { $time }. Зараз його не викликають за записом.
problem-nothing_claimed = Для талона { $number } підставу для позачергового обслуговування не заявлено.
problem-nothing_to_undo = З талоном { $number } нічого скасовувати.
problem-nothing_to_undo_here = На робочому місці № { $desk } нічого скасовувати.
problem-number_known = Номер { $number } уже внесено.
problem-number_of_an_appointment = Номер { $number } належить попередньому запису.
problem-number_of_another_queue = Номер { $number } належить іншій черзі.
problem-ordinary_first = Спочатку викличте { $number }: цей відвідувач очікує найдовше.
problem-reception_break = Перерва в прийомі до { $until }.
problem-release_needs_reason = З робочим місцем № { $desk } є зв’язок. Щоб зняти талон, оберіть причину.
problem-reopen_too_late = { $minutes ->
    [one] Повернути можна протягом { $minutes } хвилини після завершення. Зверніться до керівника центру.
   *[other] Повернути можна протягом { $minutes } хвилин після завершення. Зверніться до керівника центру.
}
problem-return_period = { $minutes ->
    [one] Після відбою відвідувачі повертаються. Виклики — через { $minutes } хвилину.
    [few] Після відбою відвідувачі повертаються. Виклики — через { $minutes } хвилини.
   *[other] Після відбою відвідувачі повертаються. Виклики — через { $minutes } хвилин.
}
problem-sibling_in_hand = Відвідувач зараз на робочому місці № { $desk } з талоном { $number }.
problem-snooze_too_long = { $minutes ->
    [one] Відійти можна щонайбільше на { $minutes } хвилину.
    [few] Відійти можна щонайбільше на { $minutes } хвилини.
   *[other] Відійти можна щонайбільше на { $minutes } хвилин.
}
problem-snoozed_often_enough = { $most ->
    [one] З талоном { $number } можна відійти лише { $most } раз.
    [few] З талоном { $number } можна відійти лише { $most } рази.
   *[other] З талоном { $number } можна відійти лише { $most } разів.
}
problem-something_followed = Дію з талоном { $number } вже не можна скасувати: після неї сталося щось інше.
problem-suspended = Прийом призупинено. Виклики — після відновлення прийому.
problem-undo_too_late = { $seconds ->
    [one] Скасувати можна лише протягом { $seconds } секунди.
   *[other] Скасувати можна лише протягом { $seconds } секунд.
}
problem-wrong_reception_state = Прийом: { $state }. Ця дія зараз неможлива.
reception-state-planned = ще не розпочато
reception-state-open = триває
reception-state-ticketing_stopped = талонів не видають
reception-state-closing = завершується
reception-state-closed = завершено

## Симуляція днів (cherha simulate)

simulate-title = Еталонна зала, навантаження { $load }: { $days ->
        [one] { $days } день
        [few] { $days } дні
       *[many] { $days } днів
    }, seed { $seed }
simulate-running = Моделюємо дні: { $policy }, навантаження { $load }…
simulate-ours = наш порядок
simulate-fifo = за прибуттям
simulate-strict = суворий пріоритет
simulate-ordinary = Звичайні чекають, хв: середнє · медіана · P90
simulate-booked = За записом, хв
simulate-priority = Пільгові, хв
simulate-overtaking = Обминули тих, хто чекає понад межу: черга · місце · найдавніший
simulate-overtaken = Скільки обігнало звичайного (P90)
simulate-two-desks = Викликано на два місця
simulate-promise = Обіцяного часу вистачило
simulate-width = Ширина обіцянки, хв (медіана)
simulate-end = Кінець після закриття, хв: медіана · P90
simulate-refused = Відмовлено в талоні
cli-bad-policy = Порядок викликів — ours, fifo, strict або all, а не { $policy }.

## Чому цей номер? Речення, які можна прочитати тому, хто скаржиться. Про пільги інших тут ані слова.
why-called = Номер { $number } викликано { $hour ->
    [11] об
   *[other] о
} { $time } до робочого місця № { $desk }
why-on-day = { $date }. { $sentence }
why-ordinary = { why-called } за чергою: { $passed ->
    [0] у черзі «{ $queue }» він чекав найдовше — з { $since }.
   *[other] серед тих, кого можна було викликати з черги «{ $queue }», він чекав найдовше — з { $since }.
}
why-forced = { why-called } за чергою: у черзі «{ $queue }» він чекав найдовше — з { $since }. Перед ним уже викликали стільки інших, скільки правила дозволяють підряд.
why-guard = { why-called } за чергою: він чекав { $cap ->
    [60] понад годину
   *[other] понад { $cap } хв
} — з { $since }, найдовше з усіх, кого можна було викликати до цього місця. Тут правила дозволяють випередити такого відвідувача не більше ніж { $most ->
    [one] { $most } раз
    [few] { $most } рази
   *[many] { $most } разів
} підряд.
why-appointment = { why-called } за записом: узгоджений час — { $since }. Запис на узгоджений час має перевагу перед загальною чергою.
why-nobody_else = { why-called } за чергою: іншого номера, який можна було б викликати до цього місця, тоді не було.
why-nobody_else_booked = { why-called } за записом: узгоджений час — { $since }. Іншого номера, який можна було б викликати до цього місця, тоді не було.
why-other = { why-called }. Причина — інша передбачена правилами підстава. Її не уточнюють, щоб не розголошувати особистих обставин відвідувача.
why-staff-return = { why-called } одразу: прийом цього відвідувача вже починали й перервали, і він повернувся його завершити.
why-staff-priority = { why-called } на позачергове чи першочергове обслуговування: право заявлено, його підтверджують за робочим місцем.
why-staff-by_record = { why-called } за записом, зі списку записаних: узгоджений час — { $since }.
why-staff-manual = { why-called } поза порядком. { $reason ->
    [none] Причини в журналі немає.
   *[other] Причина в журналі: { $reason }.
}
why-passed-sibling = { $count ->
    [1] Попереду в черзі був номер { $numbers }: цього відвідувача саме приймали за іншою послугою, і черги він не втратив.
   *[other] Попереду в черзі були номери { $numbers }: цих відвідувачів саме приймали за іншими послугами, і черги вони не втратили.
}
why-passed-walking = { $count ->
    [1] Попереду в черзі був номер { $numbers }: цей відвідувач саме йшов від іншого робочого місця, і черги він не втратив.
   *[other] Попереду в черзі були номери { $numbers }: ці відвідувачі саме йшли від інших робочих місць, і черги вони не втратили.
}
why-passed-returned_late = { $count ->
    [1] Попереду в черзі був номер { $numbers }: цей відвідувач пропустив свій виклик і повернувся, тому за правилами спершу викликають інших.
   *[other] Попереду в черзі були номери { $numbers }: ці відвідувачі пропустили свої виклики й повернулися, тому за правилами спершу викликають інших.
}
why-passed-pinned = { $count ->
    [1] Попереду в черзі був номер { $numbers }: цього відвідувача мають прийняти за іншим робочим місцем.
   *[other] Попереду в черзі були номери { $numbers }: цих відвідувачів мають прийняти за іншими робочими місцями.
}
why-queue-shorter = До цього місця викликають також із черги «{ $queue }», де першим був номер { $number }. Він чекав { $minutes } хв (бажано до { $target } хв), а номер { $own } — { $own_minutes } хв (бажано до { $own_target } хв), тобто порівняно довше.
why-queue-later = До цього місця викликають також із черги «{ $queue }», де першим був номер { $number }, але він став у чергу пізніше.
why-queue-same = До цього місця викликають також із черги «{ $queue }», де першим був номер { $number }. Обидва чекали однаково, тому викликано талон, виданий раніше.
why-queue-secondary = До цього місця викликають також із черги «{ $queue }», але лише тоді, коли в його основних чергах викликати нікого або коли очікування в ній сягнуло бажаного.
why-wait-waiting = Номер { $number } ще не викликано. { $ahead ->
    [0] У черзі «{ $queue }» перед ним нікого немає.
    [one] У черзі «{ $queue }» перед ним { $ahead } людина.
    [few] У черзі «{ $queue }» перед ним { $ahead } людини.
   *[many] У черзі «{ $queue }» перед ним { $ahead } людей.
}
why-wait-sibling = Зараз цього відвідувача приймають за робочим місцем № { $desk }, черги він не втрачає.
why-wait-returned = Відвідувач пропустив виклик і повернувся, тому спершу викличуть ще { $others ->
    [one] { $others } номер
    [few] { $others } номери
   *[many] { $others } номерів
}.
why-wait-pinned = Його викличуть до робочого місця № { $desk }.
why-wait-expected = Номер { $number } ще не викликано: запис на { $time }, прибуття ще не підтверджено.
why-wait-held = Прийом за номером { $number } перервано, щоб відвідувач підготував документи. Щойно він повернеться, його викличуть першим до робочого місця № { $desk }.
why-wait-snoozed = Відвідувач із номером { $number } відійшов до { $time } і черги не втрачає.
why-wait-called = Номер { $number } викликано, на відвідувача чекають.
why-wait-serving = Відвідувача з номером { $number } зараз приймають.
why-wait-served = Відвідувача з номером { $number } вже прийнято.
why-wait-no_show = Номер { $number } викликали, але відвідувач не підійшов.
why-wait-slot-missed = Номер { $number } не викликали: на узгоджений час, { $time }, відвідувач не прийшов.
why-wait-cancelled = Талон { $number } скасовано, тому його не викликають.
why-wait-expired = Прийом на сьогодні завершено, номер { $number } більше не викликатимуть.
why-my-waiting = { $ahead ->
    [0] Перед Вами в черзі нікого немає.
    [one] Перед Вами в черзі { $ahead } людина.
    [few] Перед Вами в черзі { $ahead } людини.
   *[many] Перед Вами в черзі { $ahead } людей.
}
why-my-sibling = Зараз Вас приймають за робочим місцем № { $desk }, черги Ви не втрачаєте.
why-my-returned = Ви повернулися після пропущеного виклику, тому спершу викличуть ще { $others ->
    [one] { $others } номер
    [few] { $others } номери
   *[many] { $others } номерів
}.
why-my-pinned = Вас викличуть до робочого місця № { $desk }.
why-my-expected = Ваш запис — на { $time }. Прийшовши, підтвердьте прибуття на терміналі або на рецепції.
why-my-held = Ваш прийом перервано. Повернувшись із документами, підійдіть до робочого місця № { $desk } або до рецепції: Вас викличуть першими.
why-my-snoozed = Ви відійшли до { $time }. Черги Ви не втрачаєте.
why-my-called = Вас викликано. Підійдіть до робочого місця.
why-my-serving = Вас зараз приймають.
why-my-served = Вас уже прийнято. Дякуємо.
why-my-no_show = Ваш виклик пропущено. Зверніться до рецепції, щоб повернутися в чергу.
why-my-slot-missed = Узгоджений час, { $time }, минув. Підтвердьте прибуття на терміналі або на рецепції, щоб стати в загальну чергу.
why-my-cancelled = Ваш талон скасовано.
why-my-expired = Прийом на сьогодні завершено.
why-suspended = Виклики зараз призупинено, порядок черги зберігається.
why-bound = Раніше можуть викликати тих, хто прийшов за записом, повернувся завершити справу або має іншу передбачену правилами підставу. Того, хто чекає { $cap ->
    [60] понад годину
   *[other] понад { $cap } хв
}, за записом чи за пільгою можуть випередити не більше ніж { $most ->
    [one] { $most } раз
    [few] { $most } рази
   *[many] { $most } разів
} підряд.

## Порядок викликів: сторінка для всіх, пояснення для працівників, перевірка журналу.
order-title = Порядок викликів
order-rule-first = Хто раніше взяв талон, того раніше й запросять. У кожної літери своя черга.
order-rules = Правила черги
order-rule-booked = Хто записався заздалегідь, того запрошують на узгоджений час.
order-rule-other = Декого запрошують раніше на іншій підставі, яку передбачають правила. Якій саме, не пишемо: це особиста справа людини.
order-rule-bound = Якщо Ви чекаєте { $cap ->
    [60] понад годину
   *[other] понад { $cap } хв
}, за записом чи за пільгою Вас можуть випередити не більше ніж { $most ->
    [one] { $most } раз
    [few] { $most } рази
   *[many] { $most } разів
} підряд.
order-ask = Щось незрозуміло? Запитайте на рецепції.
order-public-queue = за чергою
order-public-appointment = за записом
order-public-other = інша передбачена правилами підстава
order-find-label = Ваш номер або лише літера
order-find = Показати
order-all = Показати всі
order-calls = { $count ->
    [0] Сьогодні ще нікого не викликали
    [one] Сьогодні { $count } виклик, найновіший угорі
    [few] Сьогодні { $count } виклики, найновіший угорі
   *[many] Сьогодні { $count } викликів, найновіший угорі
}
order-found = { $count ->
    [0] { $wanted }: сьогодні ще не викликали
    [one] { $wanted }: { $count } виклик
    [few] { $wanted }: { $count } виклики
   *[many] { $wanted }: { $count } викликів
}
order-not-a-number = «{ $typed }» — не номер. Напишіть літеру й число з талона, наприклад: А 17.
order-column-time = Час
order-column-number = Номер
order-column-desk = Місце
order-column-reason = Підстава
order-earlier = Раніші виклики
order-newest = Найновіші виклики
order-refresh-on = Оновлювати щохвилини
order-refresh-off = Не оновлювати
order-refreshed = Станом на { $time }
order-why-title = Чому цей номер?
order-why-lead = Введіть номер із талона, виданого сьогодні: «А 17» або «а17».
order-why-label = Номер талона
order-why-find = Пояснити
order-why-unknown = Талона { $number } сьогодні не видавали.
order-why-aloud = Можна прочитати відвідувачеві
order-why-staff = Лише для працівників, уголос не читати
order-why-calls = Виклики цього номера
order-why-record = Хто стояв, коли викликали { $number } ({ $time })
order-why-nobody = Більше нікого викликати не можна було.
order-why-queue = Черга
order-why-class = За чим стояли
order-why-head = Перший, кого можна викликати
order-why-size = Усього
order-why-passed = Стояли раніше, але викликати їх тоді не можна було
order-why-runs = Підряд після цього виклику: за записом — { $appointments }, за пільгою — { $priority }; за цим місцем повз тих, хто чекає найдовше, — { $desk }.
order-why-tier = Підстава: { $tier }.
order-why-by = Працівник: { $name }
order-why-note = Пояснення працівника: { $text }
order-why-around = Виклики цієї черги поруч
order-why-here = цей виклик
order-class-R = повернулися завершити справу
order-class-A = за записом
order-class-P = за пільгою
order-class-W = загальна черга
order-bar-sibling = приймають за іншою послугою
order-bar-walking = іде від іншого місця
order-bar-returned_late = повернення після пропущеного виклику
order-bar-pinned = чекає на інше місце
order-tier-return = повернення
order-tier-guard = найдовше очікування за цим місцем
order-tier-forced = найдовше очікування в черзі
order-tier-appointment = узгоджений час
order-tier-priority = пільга
order-tier-ordinary = загальна черга
order-tier-nobody_else = більше нікого
order-tier-by_record = за записом, зі списку
order-tier-manual = поза порядком
order-manual-help_disabled = допомога особі з інвалідністю
order-manual-system_error = помилка системи
order-manual-repeat_visit = повторне звернення
order-manual-head_decision = рішення керівника
order-manual-other = інше
order-audit-manual = рядок { $seq }, { $day }, { $time }: { $number } викликано до місця № { $desk } поза порядком. Хто: { $who }. { $reason ->
    [none] ПРИЧИНИ НЕМАЄ.
   *[other] Причина: { $reason }.
} { $expected ->
    [none] За порядком тоді не викликали б нікого.
   *[other] За порядком мав бути { $expected } ({ $tier }).
}
order-audit-out_of_order = рядок { $seq }, { $day }, { $time }: { $number } викликано до місця № { $desk } не за порядком, у журналі — «{ $said }». Хто: { $who }. { $expected ->
    [none] За порядком тоді не викликали б нікого.
   *[other] За порядком мав бути { $expected } ({ $tier }).
}
order-audit-forbidden = рядок { $seq }, { $day }, { $time }: { $number } викликано до місця № { $desk }, хоча правила цього не дозволяли ({ $code }), у журналі — «{ $said }». Хто: { $who }.
order-audit-record_differs = рядок { $seq }, { $day }, { $time }: { $number } викликано до місця № { $desk } правильно, але запис про рішення в журналі не такий, який дають правила. Хто: { $who }.
order-audit-no_settings = рядок { $seq }, { $day }, { $time }: виклик { $number } до місця № { $desk } перевірити неможливо, бо чинних тоді налаштувань немає або їх змінено. Хто: { $who }.
order-audit-broken = рядок { $seq }: подію неможливо застосувати ({ $why }).
order-audit-gave-up = рядок { $seq }: подію неможливо застосувати ({ $why }). Далі виклики цього дня не перевірено.
order-audit-system = система
order-audit-done = Днів: { $days }. Викликів: { $calls }. Відступів від порядку з причиною: { $explained }, без причини: { $unexplained }. Рядків, які неможливо застосувати: { $unfoldable }.
order-audit-bad-day = День пишуть так: 2026-03-16, а не { $day }.
order-audit-no-day = За { $day } у журналі нічого немає.

# --- appointments: why something cannot be done now ---
problem-slot_taken = Цей час уже зайнято. Оберіть інший.
problem-no_such_slot = На цей час не записують. Оберіть інший.
problem-not_bookable = На послугу № { $service } не записують заздалегідь. Візьміть талон у день візиту.
problem-booking_too_late = На цей час уже не можна записатися. Оберіть пізніший.
problem-booking_too_far = Так далеко наперед не записують. Оберіть ближчий день.
problem-no_numbers_left = На { $day } вільних номерів для запису немає. Оберіть інший день.
problem-too_many_bookings = { $minutes ->
    [one] Забагато спроб запису. Спробуйте за { $minutes } хвилину або зателефонуйте нам.
    [few] Забагато спроб запису. Спробуйте за { $minutes } хвилини або зателефонуйте нам.
   *[other] Забагато спроб запису. Спробуйте за { $minutes } хвилин або зателефонуйте нам.
}
problem-unknown_appointment = Такого запису немає. Перевірте код або номер.
problem-appointment_over = Цей запис уже не можна змінити.
problem-appointment_of_another_day = Ваш запис — на { $day }. Приходьте тоді.
booking-calendar-summary = Прийом за записом, номер { $number }
booking-calendar-description = Підтвердьте прибуття на терміналі: введіть номер { $number } або шестизначний код. Якщо плани змінилися, перенесіть або скасуйте запис.
kiosk-have-booking = У мене попередній запис
kiosk-book = Записатися на інший день
kiosk-others-lead-booking = Сюди записатися на цьому терміналі не можна
kiosk-reason-not_bookable = Попереднього запису немає. Уточнюйте на рецепції
kiosk-code-title = Введіть код або номер
kiosk-code-lead = Шість цифр коду або номер, наприклад { $example }. Якщо є сканер, піднесіть до нього QR-код
kiosk-code-erase = Стерти
kiosk-code-confirm = Підтвердити прибуття
kiosk-checking = Перевіряємо запис…
kiosk-arrived-title = Прибуття підтверджено
kiosk-arrived-early = Ваш час { $time }. Зачекайте, вас покличуть.
kiosk-arrived-in-time = Ваш номер { $number }, чекайте виклику.
kiosk-arrived-late-title = Ви в загальній черзі
kiosk-arrived-late = Ви запізнилися на { $minutes } хв, ставимо в загальну чергу.
kiosk-arrived-late-then = Ваш номер той самий: { $number }. Чекайте виклику.
kiosk-your-time = Ваш час
kiosk-message-not_checked_in = Прибуття не підтверджено
kiosk-type-again = Ввести ще раз
kiosk-finding = Шукаємо вільний час…
kiosk-choose-day = Оберіть день
kiosk-today = Сьогодні
kiosk-tomorrow = Завтра
kiosk-choose-time = Оберіть час
kiosk-holding = Бронюємо час…
kiosk-nearest = Цей час щойно зайняли. Оберіть інший
kiosk-message-time_gone = Цей час щойно зайняли
kiosk-message-time_gone-text = Оберіть інший час або інший день.
kiosk-message-no_times = Вільного часу немає
kiosk-message-no_times-text = На цю послугу зараз не можна записатися: увесь час уже зайнято. Станьте в чергу сьогодні або зверніться до рецепції.
kiosk-message-not_booked = Записатися не вдалося
kiosk-agree-title = Перевірте запис
kiosk-day = День
kiosk-time = Час
kiosk-agree-nameless = Ім’я вказувати не потрібно. Ви отримаєте номер і код на папері.
kiosk-agree-held = Цей час збережено за вами до { $time }.
kiosk-agree = Записатися
kiosk-other-time = Обрати інший час
kiosk-booking = Записуємо…
kiosk-booked-title = Вас записано
kiosk-booked-code = Код
kiosk-when = { $date }, { $time }
kiosk-printing-booking = Друкуємо підтвердження…
kiosk-printing-booking-second = Воно з’явиться під екраном
kiosk-take-booking = Візьміть підтвердження
kiosk-booked-come = У день запису прийдіть трохи раніше
kiosk-booked-come-second = На терміналі торкніться «У мене попередній запис»
kiosk-booking-valid = Запис збережено: номер { $number }, код { $code }. Сфотографуйте їх.
kiosk-question-booked = Запис збережено. Запам’ятайте свій номер
kiosk-question-arrived = Прибуття підтверджено. Чекайте виклику
slip-booking-number = Попередній запис. Ваш номер
slip-booking-when = { $date }, { $time }
slip-booking-code = Код для термінала
slip-booking-how = Прийдіть за 10–30 хвилин до цього часу. На терміналі торкніться «У мене попередній запис» і введіть код або номер.
slip-booking-late = Якщо запізнитеся, вас приймуть у загальній черзі з тим самим номером.
slip-booking-papers = Візьміть документи, потрібні для послуги.
slip-booking-change = Перенести або скасувати запис можна на рецепції.
slip-booking-qr-title = Ваш запис
slip-booking-qr-how = Перенести або скасувати: наведіть камеру телефона

# --- booking on the web ---
booking-title = Запис на прийом
booking-language = Мова сторінки
booking-lead = Оберіть послугу й час. Номер отримаєте одразу, реєструватися на сайті не треба.
booking-choose-service = Оберіть послугу
booking-not-bookable = Без запису: візьміть талон у центрі
booking-provider_schedule_unknown = Записатися поки не можна: графік прийому не внесено. Уточнюйте на рецепції.
booking-provider_no_services = Записатися поки не можна: перелік послуг не внесено. Уточнюйте на рецепції.
booking-booking_off = Наперед не записують. Візьміть талон у центрі.
booking-choose-time = Оберіть день і час
booking-today = сьогодні
booking-tomorrow = завтра
booking-free = { $count ->
    [one] { $count } вільне місце
    [few] { $count } вільні місця
   *[many] { $count } вільних місць
}
booking-full = усі місця зайнято
booking-morning = До полудня
booking-afternoon = Після полудня
booking-no-days = Найближчими днями записатися не можна. Візьміть талон у центрі або запитайте на рецепції.
booking-other-service = Інша послуга
booking-nearest = Найближчий вільний час
booking-all-times = Увесь вільний час
booking-take = Записатися на { $time }
booking-your-time = Ваш час
booking-lost = Оберіть інший час
booking-what = Послуга
booking-where = Куди прийти
booking-service = Послуга № { $number }
booking-kept = Час закріплено за Вами до { $time }.
booking-other-time = Обрати інший час
booking-person = Ваше ім’я (за бажанням)
booking-notice = Можна записатися без імені: залиште поля порожніми. Ім’я потрібне, щоб Вас упізнали на рецепції, контакт — щоб повідомити про зміни. Їх бачать лише працівники центру; на табло й уголос їх не називають. За добу після призначеного часу їх буде стерто.
booking-surname = Прізвище
booking-given_name = Ім’я
booking-contact = Телефон або електронна пошта
booking-contact-hint = Без контакту ми не зможемо повідомити Вас про зміни.
booking-mistakes = { $count ->
    [one] Виправте одне поле. Вас ще не записано.
   *[other] Виправте позначені поля. Вас ще не записано.
}
booking-missing-surname = Напишіть і прізвище або залиште порожнім також ім’я.
booking-missing-given_name = Напишіть також ім’я або залиште порожнім прізвище.
booking-missing-contact = Напишіть контакт.
booking-wrong-surname = Лише літери, дефіс і апостроф, до 40 знаків.
booking-wrong-given_name = Лише літери, дефіс і апостроф, до 40 знаків.
booking-wrong-contact = Номер телефону або адреса пошти, до 120 знаків.
booking-do = Записатися
booking-state-booked = Вас записано
booking-state-checked_in = Ваше прибуття підтверджено
booking-state-late = Ви в загальній черзі
booking-state-in_service = Вас обслуговують
booking-state-served = Обслужено. Дякуємо
booking-state-no_show = Призначений час минув
booking-state-cancelled_by_visitor = Запис скасовано
booking-state-cancelled_by_centre = Центр скасував Ваш запис
booking-state-moved = Запис перенесено на інший час
booking-next-checked_in = Чекайте в залі. Номер покажуть на табло й назвуть уголос.
booking-next-late = Ви запізнилися, тому номер той самий, а місце — у загальній черзі. Чекайте в залі.
booking-next-no_show = Якщо Ви вже в центрі, зверніться до рецепції: номер ще дійсний сьогодні.
booking-next-cancelled_by_centre = Просимо вибачення. Оберіть інший час або зверніться до рецепції.
booking-moved-now = Запис перенесено
booking-come = Як прийти
booking-code = Код прибуття
booking-qr = QR-код Вашого запису
booking-bring = Підготуйте паспорт або інший документ, що посвідчує особу.
booking-check-in = У центрі підтвердьте прибуття: на терміналі введіть номер чи код або піднесіть QR-код. Можна й на рецепції.
booking-late = Запізнитеся більш ніж на { $minutes } хв — номер лишиться, але Ви станете в загальну чергу.
booking-acts = Що можна зробити
booking-calendar = Додати в календар
booking-move = Перенести
booking-cancel = Скасувати запис
booking-save-page = Збережіть адресу цієї сторінки: за нею можна перенести або скасувати запис. Нікому її не передавайте.
booking-again = Записатися знову
booking-move-title = Перенести запис
booking-now-at = Зараз: { $time }
booking-keep = Залишити як є
booking-move-sure = Перенести на цей час?
booking-was = Було
booking-move-number = Замість номера { $number } Ви отримаєте новий номер. Код прибуття лишиться той самий.
booking-move-do = Перенести
booking-cancel-sure = Скасувати запис?
booking-cancel-what = Цей час зможуть зайняти інші. Повернути його не можна буде.
booking-cancel-do = Так, скасувати
booking-no-service = На це записатися не можна
booking-no-service-why = Такої послуги або такого часу немає. Почніть зі списку послуг.
booking-no-booking = Запис не знайдено
booking-no-booking-why = За цією адресою запису немає: його час минув або адресу скопійовано не повністю.

## Робоче місце: хто прийде за записом і кого відкладено
console-agreed = За записом
console-agreed-expected = очікується
console-agreed-here = прибуття підтверджено
console-agreed-late = запізнюється
console-agreed-all = Увесь список: { $count }
console-agreed-soon = Запис на { $time }: { $number }
console-agreed-one = { $time } { $number }
console-agreed-in-pause = За записом у найближчі 30 хв: { $list }
console-held = Відкладено
console-held-until = до { $time }
console-act-by-record = Викликати за записом
console-act-come-back = Повернувся
console-why-agreed-early = Викликати { $number } за записом можна з { $time }
console-said-returned = { $number } повертається до Вас: натисніть «Наступний»
