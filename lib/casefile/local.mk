# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/casefile/callcursor.c \
	lib/casefile/callcursor.h \
	lib/casefile/calltable.c \
	lib/casefile/calltable.h \
	lib/casefile/casefile.c \
	lib/casefile/casefile.h \
	lib/casefile/column.c \
	lib/casefile/column.h \
	lib/casefile/form.c \
	lib/casefile/form.h \
	lib/casefile/kinds.c \
	lib/casefile/kinds.h \
	lib/casefile/rawsegment.c \
	lib/casefile/rawsegment.h \
	lib/casefile/relative.c \
	lib/casefile/relative.h \
	lib/casefile/rows.c \
	lib/casefile/rows.h \
	lib/casefile/runs.c \
	lib/casefile/runs.h \
	lib/casefile/schema.c \
	lib/casefile/schema.h \
	lib/casefile/seal.c \
	lib/casefile/seal.h \
	lib/casefile/segment.c \
	lib/casefile/segment.h \
	lib/casefile/segment_decode.c \
	lib/casefile/segment_fetch.c \
	lib/casefile/segment_pack.c \
	lib/casefile/segment_reader.c \
	lib/casefile/segment_store.c \
	lib/casefile/verify.c \
	lib/casefile/verify.h \
	lib/casefile/verify_segments.c \
	lib/casefile/verify_segments.h \
	lib/casefile/verify_source.c
