// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.error.MissingSecretException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.internal.spec.SecretRules;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    private static final String TOKEN = "a".repeat(43);

    @Test
    void fileIsReadWhenNeededWithoutItsLineEnd(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("token");
        Secret secret = Secret.file(file);
        assertThatThrownBy(secret::reveal)
                .isInstanceOf(MissingSecretException.class)
                .hasMessage("secret file " + file + " cannot be read: it does not exist");

        Files.writeString(file, "one\n\n");

        assertThat(secret.reveal()).isEqualTo("one\n");
        assertThat(secret.reference()).isEqualTo(Map.of("file", file.toString()));
    }

    @Test
    void valuesOfChartsMayHoldNoSecretOfTheSpec() {
        BackendSpec spec = BackendSpec.builder("b")
                .on("test", "r")
                .profile(Profile.DEVELOPMENT)
                .computePool("cpu", p -> p.instanceType("x").scale(1, 1))
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> TOKEN))
                .chart("op", c -> c.location("./op").values(Map.of("args", List.of("--login=" + TOKEN), "name", "op")))
                .build();

        assertThat(SecretRules.check(spec))
                .singleElement()
                .hasToString(
                        "charts[0].values.args[0]: given 51 characters with a secret of this spec (not shown); allowed: no"
                                + " secret: values are recorded in the cluster in plain text. Put it in a Kubernetes Secret, and"
                                + " give the chart its name.");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @Timeout(10)
    void pipesDevicesAndLargeFilesAreRefused(@TempDir Path directory) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path large = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThatThrownBy(Secret.file(pipe)::reveal)
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("is not a regular file");
        assertThatThrownBy(Secret.file(Path.of("/dev/zero"))::reveal)
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("is not a regular file");
        assertThatThrownBy(Secret.file(large)::reveal)
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("is larger than 1048576 bytes");
        assertThatThrownBy(Secret.file(binary)::reveal)
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("is not UTF-8 text");
    }

    @Test
    void missingEnvironmentVariableIsNamed() {
        assertThatThrownBy(Secret.env("OSMO_TEST_NO_SUCH_VARIABLE")::reveal)
                .isInstanceOf(MissingSecretException.class)
                .hasMessage("environment variable OSMO_TEST_NO_SUCH_VARIABLE is not set");
    }

    @Test
    void secretThatIsOnlyNamedSaysHowToSupplyIt() {
        assertThatThrownBy(Secret.external("ngc")::reveal).isInstanceOfSatisfying(MissingSecretException.class, e -> {
            assertThat(e).hasMessage("no value was supplied for the secret ngc");
            assertThat(e.remedy()).contains("secrets(name -> …)");
        });
    }

    @Test
    void resolverSuppliesWhatASpecOnlyNames() {
        BackendSpec read = BackendSpec.fromYaml(spec(() -> TOKEN).toYaml());
        assertThat(SecretRules.check(read))
                .extracting(Violation::toString)
                .containsExactly(
                        "pullSecrets[0].password (RG-2): given nothing: no value was supplied for the secret ghcr.io; allowed: a secret"
                                + " that can be fetched. Supply it with OsmoBackends.builder().secrets(name -> …) or"
                                + " spec.withSecrets(name -> …), or write it as env or file.",
                        "osmo.token (NW-2): given nothing: no value was supplied for the secret osmo-token; allowed: a secret that can be"
                                + " fetched. Supply it with OsmoBackends.builder().secrets(name -> …) or"
                                + " spec.withSecrets(name -> …), or write it as env or file.");

        BackendSpec resolved = read.withSecrets(name -> name.equals("osmo-token") ? TOKEN : "password of " + name);

        assertThat(resolved).isEqualTo(read);
        assertThat(SecretRules.check(resolved)).isEmpty();
        assertThat(resolved.osmo().orElseThrow().token().orElseThrow().reveal()).isEqualTo(TOKEN);
        assertThat(resolved.pullSecrets().get(0).password().reveal()).isEqualTo("password of ghcr.io");
    }

    @Test
    void tokenOfAnotherLengthOrAlphabetIsRefusedWithoutShowingIt() {
        for (String token : new String[] {"hunter2", "a".repeat(42) + "+", "a".repeat(44), TOKEN + "\n\n"}) {
            assertThat(SecretRules.check(spec(() -> token)))
                    .extracting(Violation::toString)
                    .containsExactly("osmo.token (NW-2): given " + token.length()
                            + " characters (not shown); allowed: 43 or 64 characters of A-Z, a-z, 0-9, _ and -. Use the"
                            + " token that OSMO gave out for this backend, without quotes or spaces around it.");
        }
        for (String token : new String[] {TOKEN, TOKEN + "\n", TOKEN + "\r\n", "-_".repeat(32)}) {
            assertThat(SecretRules.check(spec(() -> token))).isEmpty();
        }
    }

    @Test
    void passwordWithALineEndIsRefusedWithoutShowingIt() {
        BackendSpec spec = spec(() -> TOKEN).toBuilder()
                .pullSecret("docker.io", "me", () -> "hunter2\n")
                .build();

        assertThat(SecretRules.check(spec))
                .extracting(Violation::toString)
                .containsExactly(
                        "pullSecrets[1].password (RG-2): given 8 characters (not shown); allowed: a password without"
                                + " white space around it. Look at what {external=docker.io} holds; copying often adds a line"
                                + " end.");
    }

    @Test
    void supplierThatFailsIsReportedWithoutItsMessage() {
        BackendSpec spec = spec(() -> {
            throw new IllegalStateException("hunter2");
        });

        assertThat(SecretRules.check(spec))
                .extracting(Violation::toString)
                .containsExactly(
                        "osmo.token (NW-2): given nothing: {external=osmo-token} failed with"
                                + " java.lang.IllegalStateException; allowed: a secret that can be fetched. Correct the supplier.");
    }

    @Test
    void buildingWritingAndComparingFetchNothing() {
        AtomicInteger fetched = new AtomicInteger();
        BackendSpec spec = spec(() -> "fetched " + fetched.incrementAndGet());
        assertThat(spec.toString() + spec.toYaml() + spec.toJson() + spec.hashCode())
                .doesNotContain("fetched");
        assertThat(spec.toBuilder().build()).isEqualTo(spec);
        assertThat(fetched).hasValue(0);
    }

    private static BackendSpec spec(java.util.function.Supplier<String> token) {
        return BackendSpec.builder("a")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge"))
                .pullSecret("ghcr.io", "me", () -> "p")
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(token))
                .build();
    }
}
