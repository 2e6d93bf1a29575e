// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as containerd gives them through the kubelet. */
class PullCauseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RATE_LIMIT|429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit",
                "PLATFORM|no match for platform in manifest sha256:404401403: not found",
                "DNS|dial tcp: lookup nvcr.io on 10.0.0.2:53: no such host",
                "DNS|dial tcp: lookup nvcr.io: i/o timeout",
                "DNS|dial tcp: lookup nvcr.io on 10.0.0.2:53: server misbehaving",
                "TLS|tls: failed to verify certificate: x509: certificate signed by unknown authority",
                "CREDENTIAL|pull access denied, repository does not exist or may require authorization: server message:"
                        + " insufficient_scope: authorization failed",
                "CREDENTIAL|failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized",
                "CREDENTIAL|unexpected status from HEAD request to https://x/v2/a/manifests/1: 403 Forbidden",
                "NOT_FOUND|failed to resolve reference docker.io/library/x:1: docker.io/library/x:1: not found",
                "NOT_FOUND|manifest unknown",
                "TIMEOUT|dial tcp 10.1.2.3:443: i/o timeout",
                "TIMEOUT|net/http: TLS handshake timeout",
                "TIMEOUT|context deadline exceeded",
                "REFUSED|dial tcp 10.1.2.3:443: connect: connection refused",
                "REFUSED|read tcp: connection reset by peer",
                "TLS_VERSION|failed to do request: Head \"https://r/v2/x/manifests/1\": remote error: tls: protocol version not supported",
                "TLS_VERSION|failed to do request: Head \"https://r/v2/x/manifests/1\": tls: server selected unsupported"
                        + " protocol version 302",
                "TLS_VERSION|failed to do request: Head \"https://r/v2/x/manifests/1\": remote error: tls: handshake failure",
                "PLAIN_HTTP|failed to do request: Head \"https://r/v2/x/manifests/1\": http: server gave HTTP response to HTTPS client",
                "EXPIRED|tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time"
                        + " 2026-11-24T10:00:00Z is after 2026-11-01T00:00:00Z",
                "WRONG_NAME|tls: failed to verify certificate: x509: certificate is valid for a.example.com, not r.example.com",
                "TLS|tls: failed to verify certificate: x509: certificate signed by unknown authority",
                "DISK|failed to extract layer sha256:1: write /var/lib/containerd/x: no space left on device",
                "SERVER|unexpected status from HEAD request to https://r/v2/x/manifests/1: 503 Service Unavailable",
                "SERVER|unexpected status from HEAD request to https://r/v2/x/manifests/1: 500 Internal Server Error",
                "CREDENTIAL|failed to authorize: failed to fetch oauth token: unexpected status from POST request to"
                        + " https://auth.docker.io/token: 401 Unauthorized",
                "NOT_FOUND|rpc error: code = NotFound desc = failed to pull and unpack image \"r/x:1\": failed to resolve reference"
                        + " \"r/x:1\": r/x:1: not found",
                "OTHER|something new",
                "OTHER|ErrImagePull"
            })
    void each_message_has_one_cause(PullCause cause, String message) {
        assertThat(PullCause.of(message)).isEqualTo(cause);
        assertThat(cause.phrase()).isNotBlank();
        assertThat(cause.next()).isNotBlank();
    }
}
