# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/base/calendar.c \
	lib/base/calendar.h \
	lib/base/decimal.c \
	lib/base/decimal.h \
	lib/base/dictionary.c \
	lib/base/dictionary.h \
	lib/base/digest.c \
	lib/base/digest.h \
	lib/base/duration.c \
	lib/base/duration.h \
	lib/base/hasher.c \
	lib/base/hasher.h \
	lib/base/memory.c \
	lib/base/memory.h \
	lib/base/moment.c \
	lib/base/moment.h \
	lib/base/moment_clock.c \
	lib/base/moment_date.c \
	lib/base/moment_read.h \
	lib/base/money.c \
	lib/base/money.h \
	lib/base/observer.c \
	lib/base/observer.h \
	lib/base/scan.c \
	lib/base/scan.h \
	lib/base/status.c \
	lib/base/status.h \
	lib/base/text.c \
	lib/base/text.h \
	lib/base/thread.c \
	lib/base/thread.h \
	lib/base/utf8.c \
	lib/base/utf8.h \
	lib/base/wide.h \
	lib/base/word.h
