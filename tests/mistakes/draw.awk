# SPDX-License-Identifier: Apache-2.0
# A small service, drawn by a seed, written twice: into clean/ as it is, and into wrong/
# with one mistake of a kind. Options for each are in clean.options and wrong.options.
# Variables: seed, kind. Prints what the mistake is.

function random(n) {
    state = (state * 1103515245 + 12345) % 2147483648
    return int(state / 65536) % n
}
function pick(list,    words) { return words[1 + random(split(list, words, " "))] }
function digits(n,    text) {
    for (text = ""; n > 0; n--) text = text random(10)
    return text
}
# A number as it is written in its country, of one of many ranges, all of which its plan has whole.
function number(    range) {
    range = pick(ranges)
    return range digits(width - length(range))
}
function time(day, second) {
    return sprintf("%02d/%02d/%04d %02d:%02d:%02d", day, 3, 2022, second / 3600 % 24, second / 60 % 60, second % 60)
}

BEGIN {
    state = seed * 7919 + 17
    for (i = 0; i < 5; i++) random(2)
    choose_country()
    make_service()
    write("clean", "")
    write("wrong", kind)
    print said
}

function choose_country() {
    country = pick("GB GB DE FR ES NL")
    if (country == "GB") { ranges = "07400 07701 07912 01212 02079 01312 01615 07520 07860 07575 01132 01482"; width = 11 }
    if (country == "DE") { ranges = "01601 01622 01633 01701 01712 01723 01734 01745 01756 01767 01778 01789"; width = 11 }
    if (country == "FR") { ranges = "06012 06123 06234 06345 06456 06567 06678 07512 07623 07734 01402 04912"; width = 10 }
    if (country == "ES") { ranges = "60012 61123 62234 63345 64456 65567 66678 67789 68890 69901 91123 93234"; width = 9 }
    if (country == "NL") { ranges = "06123 06234 06345 06456 06154 06187 06201 06292 06383 06474 06505 06596"; width = 10 }
    zone = pick("Europe/London Europe/Berlin Europe/Paris Europe/Madrid")
    coin = pick("GBP EUR BTC")
}

function make_service(    i) {
    calls = 120 + random(80)
    first_day = random(2) ? 1 : 13    # dates up to the 12th prove no order
    accounts = 6 + random(10)
    shown = 4 + random(5)
    for (i = 0; i < shown; i++) presented[i] = number()
    for (i = 0; i < accounts; i++) {
        name[i] = "user" (100 + i)
        email[i] = i > 1 && random(6) == 0 ? email[i - 1] : "u" i "@mail.example"
        phone[i] = number()
    }
    for (i = 0; i < calls; i++) {
        id[i] = sprintf("c%06d", seed % 1000 * 1000 + i)
        day[i] = first_day + random(12); second[i] = random(86400)
        who[i] = random(accounts); shows[i] = random(shown); dialled[i] = number()
        talk[i] = random(3) ? 5 + random(400) : 0
        status[i] = talk[i] ? "ANSWERED" : "NO ANSWER"
    }
    payments = 20 + random(20)
    for (i = 0; i < payments; i++) {
        payer[i] = random(accounts); payday[i] = first_day + random(12)
        amount[i] = coin == "BTC" ? sprintf("0.%06d", 1000 + random(90000)) : sprintf("%d.%02d", 10 + random(200), 1 + random(99))
        paid[i] = random(5) ? "paid" : "pending"
    }
}

# ---- mistakes ----

# What is written wrong, by kind.
function options_of(kind,    text, r, z, c, o, p, q) {
    r = country; z = zone; c = coin; o = "dmy"; q = ""
    if (kind == "region") {
        r = pick("UK QQ GB DE FR ES NL US IE SE -")
        if (r == country) r = "QQ"
        said = "-r " r " for " country
    }
    if (kind == "zone") {
        z = pick("Europe/Londn Europe/London America/New_York Asia/Tokyo UTC -")
        if (z == zone) z = "Europe/Londn"
        said = "-z " z " for " zone
    }
    if (kind == "order") { o = "mdy"; said = "--date-order mdy" }
    text = "--date-order " o
    if (r != "-") text = text " -r " r
    if (z != "-") text = text " -z " z
    text = text " --currency " (coin == "BTC" ? "BTC" : coin)
    return text " -c " c
}

function write(dir, kind,    i, options) {
    wrong = kind
    options = options_of(kind)
    prepare(kind)
    print options > (dir ".options")
    close(dir ".options")
    write_calls(dir "/calls.csv", 0, calls)
    if (wrong == "duplicate" && overlap) write_calls(dir "/calls2.csv", calls - overlap, calls)
    write_accounts(dir "/accounts.csv")
    write_payments(dir "/payments.csv")
}

# Chooses the mistake.
function prepare(kind,    word) {
    overlap = 0; what = ""
    if (kind == "unit") { what = pick(coin == "BTC" ? "ms satoshi" : "ms pence"); said = what }
    if (kind == "status") { what = pick("call payment"); unknown = pick("ZUGESTELLT OK-2 X17 abgerechnet"); said = what " status " unknown }
    if (kind == "duplicate") { what = pick("rows file payments"); overlap = what == "file" ? 5 + random(40) : 0; said = "duplicate " what }
    if (kind == "null") {
        what = pick("email account presented dialled phone talk status")
        word = pick("NULL null \\N None nan N/A unknown - (null) nil")
        null = word; said = word " as " what
    }
    if (kind == "prefix") { before = pick("9 0011 77788 8 99"); said = before " before dialled" }
    if (kind == "mapping") { what = pick("swapped account talk"); said = "mapping " what }
}

function maybe(role, value) { return wrong == "null" && what == role && random(4) == 0 ? null : value }

function write_calls(file, from, to,    i, shown_number, called, account, seconds, state_word, row) {
    print "call_id,started,account,presented,dialled,talk,status" > file
    saved = state
    for (i = from; i < to; i++) {
        shown_number = presented[shows[i]]; called = dialled[i]; account = name[who[i]]
        seconds = talk[i]; state_word = status[i]
        if (wrong == "prefix") called = before called
        if (wrong == "unit" && what == "ms") seconds = seconds * 1000
        if (wrong == "status" && what == "call" && state_word == "ANSWERED") { state_word = unknown }
        if (wrong == "mapping" && what == "swapped") { row = shown_number; shown_number = called; called = row }
        if (wrong == "mapping" && what == "account") account = id[i]
        if (wrong == "mapping" && what == "talk") seconds = second[i]
        row = id[i] "," time(day[i], second[i]) "," maybe("account", account) "," maybe("presented", shown_number) "," \
            maybe("dialled", called) "," maybe("talk", seconds) "," maybe("status", state_word)
        print row > file
        if (wrong == "duplicate" && what == "rows" && i % 7 == 0) print row > file
    }
    state = saved
    close(file)
}

function write_accounts(file,    i) {
    print "account,email,phone" > file
    saved = state
    for (i = 0; i < accounts; i++)
        print name[i] "," maybe("email", email[i]) "," maybe("phone", phone[i]) > file
    state = saved
    close(file)
}

function write_payments(file,    i, sum, word, row) {
    print "payment_id,account,paid,amount,status" > file
    for (i = 0; i < payments; i++) {
        sum = amount[i]; word = paid[i]
        if (wrong == "unit" && what == "satoshi") sum = sprintf("%d", sum * 100000000 + 0.5)
        if (wrong == "unit" && what == "pence") sum = sprintf("%d", sum * 100 + 0.5)
        if (wrong == "status" && what == "payment" && word == "paid") word = unknown
        row = "p" i "," name[payer[i]] "," time(payday[i], 3600) "," sum "," word
        print row > file
        if (wrong == "duplicate" && what == "payments" && i % 5 == 0) print row > file
    }
    close(file)
}
