// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever answers in place of an API server, in any pieces, is decoded or refused. It is in this package to see the encodings. */
class AnswersFuzz {
    private static final String PAGE = """
            {"kind":"PodList","metadata":{"continue":"x"},"items":[{"metadata":{"name":"p","namespace":"n","labels":{"a":"b"}},
            "spec":{"nodeName":"m","containers":[{"name":"c","resources":{"requests":{"cpu":"250m","memory":"1Gi"}}}]},
            "status":{"phase":"Running","containerStatuses":[{"name":"c","restartCount":7}]}}]}""";

    /** Answers of a try: they are short. */
    private static final int EACH = 15;

    private static final byte[] PROTOBUF = protobuf();

    /** A page with a name, a node and a phase, by the numbers of Kubernetes. */
    private static byte[] protobuf() {
        byte[] metadata = field(1, bytes("p"));
        byte[] spec = field(10, bytes("m"));
        byte[] pod = join(field(1, metadata), field(2, spec), field(3, field(1, bytes("Running"))));
        byte[] list = join(field(1, field(3, bytes("x"))), field(2, pod), field(2, pod));
        return join(new byte[] {'k', '8', 's', 0}, field(1, field(2, bytes("PodList"))), field(2, list));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static byte[] field(int number, byte[] content) {
        return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer joined = ByteBuffer.allocate(length);
        Arrays.stream(parts).forEach(joined::put);
        return joined.array();
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void answers_of_api_servers(@ForAll long seed) {
        for (int i = 0; i < EACH; i++) {
            answer(seed * EACH + i);
        }
    }

    private static void answer(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean binary = random.nextBoolean();
        byte[] page = (binary ? PROTOBUF : bytes(PAGE)).clone();
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            page[random.nextInt(page.length)] = (byte) random.nextInt(256);
        }
        int end = random.nextInt(4) == 0 ? random.nextInt(page.length + 1) : page.length;
        Encoding.Decoder decoder = Encoding.of(binary ? ProtobufEncoding.TYPE : JsonEncoding.TYPE)
                .decoder(Kinds.PODS.fields(), new Encoding.Sink() {
                    @Override
                    public void next(String token) {}

                    @Override
                    public void item(com.fasterxml.jackson.databind.JsonNode object) {
                        Parse.pod(object, "osmo-operator");
                    }
                });
        try {
            for (int from = 0; from < end; ) {
                int to = Math.min(end, from + 1 + random.nextInt(200));
                decoder.feed(ByteBuffer.wrap(page, from, to - from));
                from = to;
            }
            decoder.end();
        } catch (IOException | RuntimeException e) {
            // A page that cannot be read is unknown; Page takes both.
        }
        Encoding.of(binary ? ProtobufEncoding.TYPE : JsonEncoding.TYPE).describe(Arrays.copyOf(page, end));
    }
}
