// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.event.Event;
import io.osmo.backend.event.ProgressListener;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.List;

/**
 * One JSON object in a line for each event, but for those that repeat what a resource waits for. A new component of an event is a new
 * field without anything to be done here.
 */
public final class JsonLineProgress implements ProgressListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sink sink;
    private final Waits waits = new Waits();

    public JsonLineProgress(Appendable out) {
        this.sink = new Sink(out);
    }

    @Override
    public synchronized void onEvent(Event event) {
        if (!waits.isNew(event)) {
            return;
        }
        ObjectNode line = JSON.createObjectNode()
                .put("at", event.at().toString())
                .put("backend", event.ref().toString())
                .put("event", event.getClass().getSimpleName());
        ObjectNode components = object((Record) event);
        components.remove(List.of("at", "ref"));
        line.setAll(components);
        try {
            sink.write(JSON.writeValueAsString(line) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers can always be written", e);
        }
    }

    private static ObjectNode object(Record values) {
        ObjectNode node = JSON.createObjectNode();
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            node.set(component.getName(), value(read(component, values)));
        }
        return node;
    }

    /** Ids are records too, but have a text of their own; so have instants, durations and constants. */
    private static JsonNode value(Object value) {
        if (value instanceof Collection<?> elements) {
            ArrayNode array = JSON.createArrayNode();
            elements.forEach(element -> array.add(value(element)));
            return array;
        }
        return value instanceof Event.Planned planned
                ? object(planned)
                : JsonNodeFactory.instance.textNode(value.toString());
    }

    private static Object read(RecordComponent component, Record values) {
        try {
            return component.getAccessor().invoke(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("events are public records", e);
        }
    }
}
