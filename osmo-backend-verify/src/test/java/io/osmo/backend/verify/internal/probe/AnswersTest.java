// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.osmo.backend.cluster.Fact;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {
    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_earliest_expiry_of_a_chain_counts() {
        String line = "answer 3 0 401 TLSv1.3 1767225605 " + base64("Thu, 01 Jan 2026 00:00:00 GMT") + " "
                + base64("Mar 17 12:00:00 2030 GMT\nMar  7 12:00:00 2027 GMT\n") + " - -";

        var answer = Answers.network(line).get(3);

        assertThat(answer.certificateUntil()).isEqualTo(Optional.of(Instant.parse("2027-03-07T12:00:00Z")));
        assertThat(answer.clockOffset()).isEqualTo(Optional.of(5L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answer 0 0 401 TLSv1.3 1767225605 - - -",
                "answer 0 0 401 TLSv1.3 1767225605 - - - - more",
                "nswer 0 0 401 TLSv1.3 1767225605 - - - -",
                "answer 0 0 4011 TLSv1.3 1767225605 - - - -",
                "answer 0 0 401 TLSv1.3 now - - - -",
                "answer 0 0 401 TLSv1.3 1767225605 Zm9v - - -",
                "answer 0 0 401 TLSv1.3 1767225605 - Zm9v - -",
                "answer 0 0 401 TLSv1.3 1767225605 - - A= -",
                ""
            })
    void malformed_output_is_no_answer(String line) {
        assertThat(Answers.network(line)).isEmpty();
    }

    @Test
    void a_truncated_line_does_not_spoil_others() {
        assertThat(Answers.network("0 0 401 TLSv1.3 17672\nanswer 1 7 000 - 1767225605 - - - -\nanswer 2 0"))
                .containsOnlyKeys(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "written twice", "refused ###", "<html>", "refused"})
    void a_malformed_volume_result_is_unknown(String said) {
        assertThat(Answers.volume(said)).isInstanceOf(Fact.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu L4, 1", "exit 0\ngpu L4, 1", "exit zero"})
    void a_truncated_list_of_gpus_is_unknown(String said) {
        assertThat(Answers.gpu(said)).isInstanceOf(Fact.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "first 200 1 keep-alive|second 200 0 keep-alive|exit 0|error -, true",
                "first 200 1 |second 404 0 |exit 0|error -, true",
                "first 200 1 keep-alive|second 200 1 keep-alive|exit 0|error -, false",
                "first 302 1 |second 000 0 |exit 28|error -, false",
                "first 200 1 |second 000 0 |exit 7|error -, unknown",
                "first 200 1 Close|second 200 1 Close|exit 0|error -, unknown",
                "first 000 0 |exit 7|error Q29ubmVjdGlvbiByZWZ1c2Vk, unknown",
                "first 200 1 keep-alive|exit 0|error -, unknown",
                "first 200 1 keep-alive|second 200 0 keep-alive|exit 0, unknown",
                "first 2000 1 |second 200 0 |exit 0|error -, unknown"
            })
    void a_connection_was_kept_only_if_a_second_request_used_it(String said, @Nullable Boolean kept) {
        Fact<Boolean> idle = Answers.idle(said.replace('|', '\n'));

        assertThat(idle.known()).isEqualTo(Optional.ofNullable(kept));
    }

    @Property(tries = 500)
    void no_output_of_a_pod_throws(@ForAll String said, @ForAll byte[] bytes) {
        String text = "answer 0 0 200 - 1 " + Base64.getEncoder().encodeToString(bytes) + " - - -";
        assertThatCode(() -> {
                    Answers.network(said);
                    Answers.network(text);
                    Answers.volume(said);
                    Answers.volume("refused " + said);
                    Answers.gpu(said + "\nexit 0");
                    Answers.idle("first 200 1 " + said + "\n" + said + "\nexit 0\nerror " + said);
                })
                .doesNotThrowAnyException();
    }
}
