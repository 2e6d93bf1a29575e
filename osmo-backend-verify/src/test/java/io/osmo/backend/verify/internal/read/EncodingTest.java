// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import static io.osmo.backend.verify.internal.read.Field.Type.BOOL;
import static io.osmo.backend.verify.internal.read.Field.Type.INTEGER;
import static io.osmo.backend.verify.internal.read.Field.Type.QUANTITY;
import static io.osmo.backend.verify.internal.read.Field.Type.STRING;
import static io.osmo.backend.verify.internal.read.Field.Type.TIME;
import static io.osmo.backend.verify.internal.read.Field.map;
import static io.osmo.backend.verify.internal.read.Field.message;
import static io.osmo.backend.verify.internal.read.Field.of;
import static io.osmo.backend.verify.internal.read.Field.repeated;
import static io.osmo.backend.verify.internal.read.Field.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.verify.internal.read.Protobuf.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {
    private static final Fields FIELDS = Fields.of(
            message(1, "metadata", string(1, "name"), map(STRING, 11, "labels")),
            message(
                    2,
                    "spec",
                    of(BOOL, 4, "unschedulable"),
                    repeated(string(7, "podCIDRs")),
                    repeated(message(5, "taints", string(1, "key")))),
            message(
                    3,
                    "status",
                    map(QUANTITY, 1, "capacity"),
                    of(INTEGER, 5, "restarts"),
                    of(TIME, 6, "at"),
                    of(TIME, 8, "never")));
    private static final byte[] PAGE = Protobuf.list(
            "more",
            new Message()
                    .message(1, new Message().string(1, "a").string(3, "unread").entry(11, "k", "v"))
                    .message(
                            2,
                            new Message()
                                    .bool(4, true)
                                    .message(5, new Message().string(1, "t1").string(2, "unread"))
                                    .message(5, new Message().string(1, "t2"))
                                    .string(7, "10.0.0.0/24")
                                    .bool(12, true))
                    .message(
                            3,
                            new Message()
                                    .message(1, new Message().string(1, "cpu").message(2, new Message().string(1, "4")))
                                    .integer(5, 3)
                                    .message(
                                            6,
                                            new Message()
                                                    .integer(1, 1_785_000_000)
                                                    .integer(2, 5))
                                    .message(8, new Message())
                                    .string(99, "unread")),
            new Message().message(1, new Message().string(1, "b")));
    private static final String FIRST = "{'metadata':{'name':'a','labels':{'k':'v'}},"
            + "'spec':{'unschedulable':true,'taints':[{'key':'t1'},{'key':'t2'}],'podCIDRs':['10.0.0.0/24']},"
            + "'status':{'capacity':{'cpu':'4'},'restarts':3,'at':'2026-07-25T17:20:00Z','never':null}}";
    private static final String SECOND = "{'metadata':{'name':'b'}}";

    private static final class Page implements Encoding.Sink {
        private final List<String> tokens = new ArrayList<>();
        private final List<String> items = new ArrayList<>();

        @Override
        public void next(String token) {
            tokens.add(token);
        }

        @Override
        public void item(JsonNode object) {
            items.add(object.toString());
        }
    }

    private static Page read(Encoding encoding, byte[] body, int piece) throws IOException {
        Page page = new Page();
        Encoding.Decoder decoder = encoding.decoder(FIELDS, page);
        for (int at = 0; at < body.length; at += piece) {
            decoder.feed(ByteBuffer.wrap(body, at, Math.min(piece, body.length - at)));
        }
        decoder.end();
        return page;
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    @Property(tries = 60)
    void protobuf_becomes_json_in_any_chunks(@ForAll @IntRange(min = 1, max = 400) int piece) throws IOException {
        Page page = read(new ProtobufEncoding(), PAGE, piece);

        assertThat(page.tokens).containsExactly("more");
        assertThat(page.items).containsExactly(json(FIRST), json(SECOND));
    }

    @Property(tries = 60)
    void only_known_fields_of_json_are_read_in_any_chunks(@ForAll @IntRange(min = 1, max = 900) int piece)
            throws IOException {
        String unread = ",'other':[{'a':[1]}]}";
        String body = "{'kind':'List','metadata':{'continue':'more'},'items':[" + FIRST.substring(0, FIRST.length() - 1)
                + unread + "," + SECOND + "]}";
        Page page = read(new JsonEncoding(), body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), piece);

        assertThat(page.tokens).containsExactly("more");
        assertThat(page.items).containsExactly(json(FIRST), json(SECOND));
    }

    @Test
    void the_next_page_is_known_before_the_items_arrive() throws IOException {
        Page page = new Page();
        new ProtobufEncoding().decoder(FIELDS, page).feed(ByteBuffer.wrap(PAGE, 0, 60));

        assertThat(page.tokens).containsExactly("more");
        assertThat(page.items).isEmpty();
    }

    @Test
    void objects_are_read_while_later_ones_arrive() throws IOException {
        Page page = new Page();
        new ProtobufEncoding().decoder(FIELDS, page).feed(ByteBuffer.wrap(PAGE, 0, PAGE.length - 5));

        assertThat(page.items).containsExactly(json(FIRST));
    }

    @Test
    void a_page_larger_than_the_buffer_is_read_completely() throws IOException {
        Message large = new Message().message(1, new Message().string(1, "x".repeat(200_000)));
        Page page = read(new ProtobufEncoding(), Protobuf.list("", large, large, large), 16_000);

        assertThat(page.tokens).isEmpty();
        assertThat(page.items).hasSize(3).allMatch(i -> i.contains("x".repeat(200_000)));
    }

    @Property(tries = 300)
    void truncated_input_never_counts_as_complete(@ForAll @IntRange(min = 0, max = 1_000) int cut) {
        // What follows the list, two empty fields of the envelope, says nothing.
        int length = cut % (PAGE.length - 4);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(new ProtobufEncoding(), Arrays.copyOf(PAGE, length), 64));
    }

    @Property(tries = 500)
    void malformed_input_gives_a_result_or_an_io_exception(
            @ForAll @Size(max = 200) byte[] nonsense, @ForAll @IntRange(min = 0, max = 100) int good) {
        byte[] body = Arrays.copyOf(PAGE, good + nonsense.length);
        System.arraycopy(nonsense, 0, body, good, nonsense.length);
        try {
            read(new ProtobufEncoding(), body, 50);
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void a_field_of_the_wrong_type_is_refused_by_name() {
        byte[] body = Protobuf.list("", new Message().message(1, new Message().integer(1, 7)));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> read(new ProtobufEncoding(), body, 64))
                .withMessage("field name is not of type STRING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"kind\":\"Status\"}", "{\"items\":[{}", "<html>"})
    void anything_but_a_list_is_refused(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(new JsonEncoding(), bytes, 64));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(new ProtobufEncoding(), bytes, 64));
    }

    @Test
    void a_status_is_read_in_either_encoding() throws IOException {
        byte[] protobuf = Protobuf.envelope(new Message().string(2, "Failure").string(3, "pods is forbidden"));

        assertThat(new ProtobufEncoding().message(protobuf)).isEqualTo("pods is forbidden");
        assertThat(new JsonEncoding().message("{\"message\":\"pods is forbidden\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("pods is forbidden");
        assertThat(new ProtobufEncoding().describe("<html>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("an answer that is not from Kubernetes");
    }

    @Test
    void the_content_type_tells_the_encoding() {
        assertThat(Encoding.of("application/vnd.kubernetes.protobuf")).isInstanceOf(ProtobufEncoding.class);
        assertThat(Encoding.of("application/json; charset=utf-8")).isInstanceOf(JsonEncoding.class);
        assertThat(Encoding.of(null)).isInstanceOf(JsonEncoding.class);
    }
}
