// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.osmo.backend.error.ChartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that Helm has not written, or not so. */
class HelmRecordTest {
    private static Secret secret(byte[] release) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new SecretBuilder()
                .withNewMetadata()
                .withName("sh.helm.release.v1.kai.v7")
                .endMetadata()
                .withType(HelmRecord.TYPE)
                .withData(Map.of("release", base64.encodeToString(base64.encode(release))))
                .build();
    }

    private static Secret secret(String release) {
        return secret(release.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{", "7", ""})
    void what_is_no_release_is_left_out(String release) {
        assertThat(HelmRecord.read(secret(release))).isEmpty();
    }

    /** A mebibyte of a Secret may become a gibibyte. */
    @Test
    void a_release_that_fills_the_memory_is_left_out() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bomb)) {
            zip.write("{\"name\":\"kai\",\"config\":{\"a\":[0".getBytes(StandardCharsets.UTF_8));
            byte[] zeros = ",0".repeat(1 << 19).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 17; i++) {
                zip.write(zeros);
            }
            zip.write("]}}".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(HelmRecord.read(secret(bomb.toByteArray()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: [", "- a", "a: 1", "a: b: c", "? ["})
    void a_release_whose_objects_cannot_be_read_is_named(String manifest) {
        HelmRecord record = HelmRecord.read(
                        secret("{\"name\":\"kai\",\"namespace\":\"kai-scheduler\",\"version\":7,\"manifest\":\""
                                + manifest + "\"}"))
                .orElseThrow();

        ChartException told = catchThrowableOfType(ChartException.class, record::objects);

        assertThat(told).hasMessageContaining("revision 7 of Helm release kai").hasMessageContaining("cannot be read");
        assertThat(told.remedy()).contains("helm");
    }
}
