# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/export/columns.c \
	lib/export/columns.h \
	lib/export/cut.c \
	lib/export/export.c \
	lib/export/functions.c \
	lib/export/functions.h \
	lib/export/other.c \
	lib/export/other.h \
	lib/export/query.c \
	lib/export/query.h \
	lib/export/show.c \
	lib/export/show.h \
	lib/export/show_sql.c \
	lib/export/show_sql.h \
	lib/export/statement.c \
	lib/export/statement.h \
	lib/export/tables.c \
	lib/export/tables.h \
	lib/export/tables_concluded.c \
	lib/export/tables_concluded.h \
	lib/export/tables_define.h \
	lib/export/tables_sql.h \
	lib/export/valued.c \
	lib/export/valued.h
