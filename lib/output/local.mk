# SPDX-License-Identifier: Apache-2.0
libunspoof_a_SOURCES += \
	lib/output/cell.c \
	lib/output/cell.h \
	lib/output/graph.c \
	lib/output/graph.h \
	lib/output/graph_format.h \
	lib/output/sheet.h \
	lib/output/sink.c \
	lib/output/sink.h \
	lib/output/writer.c \
	lib/output/writer.h \
	lib/output/writer_csv.c \
	lib/output/writer_format.h \
	lib/output/writer_json.c \
	lib/output/writer_jsonl.c \
	lib/output/writer_table.c \
	lib/output/writer_tsv.c
