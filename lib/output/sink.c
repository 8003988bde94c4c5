/* SPDX-License-Identifier: Apache-2.0 */
/* Where the bytes of an output gather until they are worth a call. */
#include "output/sink.h"

enum status sink_settle(struct sink *sink, size_t at_least, struct error *error)
{
	if (sink->out.failed)
		return error_memory(error);
	if (!sink->broken && sink->out.len > 0 && sink->out.len >= at_least) {
		sink->broken = !sink->write(sink->context, sink->out.data, sink->out.len);
		buf_clear(&sink->out);
	}
	if (sink->broken)
		return error_set(error, STATUS_FAILED, "the output could not be written");
	return STATUS_OK;
}

void sink_release(struct sink *sink)
{
	buf_release(&sink->out);
}
