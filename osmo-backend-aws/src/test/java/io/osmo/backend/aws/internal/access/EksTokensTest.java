// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.cluster.ClusterAccess.Token;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class EksTokensTest {
    private static final Instant START = Instant.parse("2026-11-24T05:00:00Z");
    private static final String SECRET = "secretForTests";

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final EksTokens tokens = new EksTokens(
            "train-west",
            "us-west-2",
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATEST", SECRET)),
            now::get);

    private static URI decode(Token token) {
        assertThat(token.value()).startsWith("k8s-aws-v1.").doesNotContain("=");
        String encoded = token.value().substring("k8s-aws-v1.".length());
        return URI.create(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(URI uri) {
        return Arrays.stream(uri.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Test
    void a_token_is_a_presigned_get_caller_identity_that_names_the_cluster() {
        URI uri = decode(tokens.get());

        assertThat(uri.getScheme()).isEqualTo("https");
        assertThat(uri.getHost()).isEqualTo("sts.us-west-2.amazonaws.com");
        assertThat(uri.getPath()).isEqualTo("/");
        assertThat(query(uri))
                .containsEntry("Action", "GetCallerIdentity")
                .containsEntry("Version", "2011-06-15")
                .containsEntry("X-Amz-Algorithm", "AWS4-HMAC-SHA256")
                .containsEntry("X-Amz-Expires", "60")
                .containsEntry("X-Amz-Date", "20261124T050000Z")
                .containsEntry("X-Amz-SignedHeaders", "host%3Bx-k8s-aws-id")
                .containsEntry("X-Amz-Credential", "AKIATEST%2F20261124%2Fus-west-2%2Fsts%2Faws4_request");
    }

    @Test
    void the_signature_is_the_one_that_signature_version_4_prescribes() throws Exception {
        URI uri = decode(tokens.get());
        String canonicalQuery = Arrays.stream(uri.getRawQuery().split("&"))
                .filter(pair -> !pair.startsWith("X-Amz-Signature="))
                .sorted()
                .collect(Collectors.joining("&"));
        String canonical = "GET\n/\n" + canonicalQuery
                + "\nhost:sts.us-west-2.amazonaws.com\nx-k8s-aws-id:train-west\n\nhost;x-k8s-aws-id\n" + sha256("");
        String toSign = "AWS4-HMAC-SHA256\n20261124T050000Z\n20261124/us-west-2/sts/aws4_request\n" + sha256(canonical);
        byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {"20261124", "us-west-2", "sts", "aws4_request"}) {
            key = hmac(key, part);
        }

        assertThat(query(uri)).containsEntry("X-Amz-Signature", hex(hmac(key, toSign)));
    }

    @Test
    void a_token_is_kept_until_a_minute_before_it_expires() {
        Token first = tokens.get();
        assertThat(first.expiry()).isEqualTo(START.plus(Duration.ofMinutes(15)));

        now.set(START.plus(Duration.ofMinutes(13)).plusSeconds(59));
        assertThat(tokens.get()).isSameAs(first);

        now.set(START.plus(Duration.ofMinutes(14)));
        assertThat(tokens.get().expiry()).isEqualTo(START.plus(Duration.ofMinutes(29)));
    }

    @Test
    void a_token_does_not_show_itself() {
        assertThat(tokens.get().toString()).doesNotContain("k8s-aws-v1");
    }

    private static byte[] hmac(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(String text) throws Exception {
        return hex(java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
