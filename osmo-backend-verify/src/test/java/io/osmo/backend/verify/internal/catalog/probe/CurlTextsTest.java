// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.fixture.ProbeResults;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What curl 8.11.1, the one in the image of the probes, writes with each exit code, and what it means. */
class CurlTextsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | (5) Could not resolve proxy: proxy.corp.example | DNS | the name of the proxy",
                "6 | (6) Could not resolve host: nvcr.io | DNS | CoreDNS",
                "7 | (7) Failed to connect to nvcr.io port 443 after 12 ms: Could not connect to server"
                        + " | EGRESS | Nothing accepts connections",
                "28 | (28) Resolving timed out after 10002 milliseconds | DNS | open port 53",
                "28 | (28) Connection timed out after 10001 milliseconds | EGRESS | NAT",
                "28 | (28) Failed to connect to nvcr.io port 443 after 10002 ms: Timeout was reached | EGRESS | NAT",
                "28 | (28) Operation timed out after 20001 milliseconds with 0 bytes received | EGRESS | NAT",
                "28 | (28) SSL connection timeout | EGRESS | NAT",
                "35 | (35) TLS connect error: error:0A00042E:SSL routines::tlsv1 alert protocol version | TLS | Enable TLS 1.2",
                "35 | (35) TLS connect error: error:0A000102:SSL routines::unsupported protocol | TLS | Enable TLS 1.2",
                "35 | (35) TLS connect error: error:0A000410:SSL routines::ssl/tls alert handshake failure | TLS | Enable TLS 1.2",
                "35 | (35) TLS connect error: error:0A00010B:SSL routines::wrong version number | EGRESS | does not speak TLS",
                "35 | (35) Recv failure: Connection reset by peer | EGRESS | closes the connection",
                "35 | (35) TLS connect error: error:0A000126:SSL routines::unexpected eof while reading | EGRESS | closes the connection",
                "52 | (52) Empty reply from server | EGRESS | closes the connection",
                "56 | (56) Recv failure: Connection reset by peer | EGRESS | closes the connection",
                "56 | (56) CONNECT tunnel failed, response 403 | EGRESS | proxies",
                "60 | (60) SSL certificate problem: certificate has expired | TRUST | Renew the certificate",
                "60 | (60) SSL certificate problem: certificate is not yet valid | TRUST | clocks",
                "60 | (60) SSL certificate problem: self-signed certificate in certificate chain | TRUST | Probes.Builder.trust",
                "60 | (60) SSL certificate problem: unable to get local issuer certificate | TRUST | Probes.Builder.trust",
                "60 | (60) SSL: no alternative certificate subject name matches target host name 'nvcr.io' | TRUST | this host name"
            })
    void each_text_has_its_meaning_and_remedy(int exit, String error, String meaning, String remedy) {
        ProbeResults facts = new ProbeResults();
        facts.change("/api/version", ProbeResults.to(exit, 0, "", error));
        Answer answer = ProbeResults.to(exit, 0, "", error).apply(ProbeResults.version());

        assertThat(answer.tried()).isTrue();
        assertThat(status(facts, "network.dns")).isEqualTo(meaning.equals("DNS") ? Status.FAIL : Status.PASS);
        assertThat(status(facts, "security.tls-min-version"))
                .isEqualTo(meaning.equals("TLS") ? Status.FAIL : Status.UNKNOWN);
        assertThat(status(facts, "security.tls-certificates"))
                .isEqualTo(meaning.equals("TRUST") ? Status.FAIL : Status.UNKNOWN);
        assertThat(status(facts, "network.egress-probe")).isEqualTo(Status.FAIL);
        assertThat(finding(facts, "network.egress-probe").next()).contains(remedy);
        if (meaning.equals("DNS")) {
            assertThat(finding(facts, "network.osmo-http").next()).as("not NAT").doesNotContain("NAT");
        }
    }

    @ParameterizedTest
    @CsvSource({"127", "126", "2"})
    void a_probe_without_curl_says_nothing_about_dns(int exit) {
        ProbeResults facts = new ProbeResults();
        facts.change("/api/version", ProbeResults.to(exit, 0, "", ""));

        assertThat(status(facts, "network.dns")).isEqualTo(Status.UNKNOWN);
        assertThat(finding(facts, "network.dns").next()).contains("curl 7.88 or newer");
    }

    @Test
    void times_do_not_make_the_same_cause_look_like_another() {
        ProbeResults facts = new ProbeResults();
        facts.change("nvcr.io", ProbeResults.to(28, 0, "", "(28) Connection timed out after 10001 milliseconds"));
        facts.change("ghcr.io", ProbeResults.to(28, 0, "", "(28) Connection timed out after 10003 milliseconds"));

        Finding finding = finding(facts, "network.egress-probe");

        assertThat(finding.observed()).isEqualTo("(28) Connection timed out");
        assertThat(finding.resources())
                .containsExactly("pool/cpu to https://nvcr.io/v2/", "pool/cpu to https://ghcr.io/v2/");
    }

    @Test
    void with_several_broken_ends_each_is_told_with_its_cause_and_remedy() {
        ProbeResults facts = new ProbeResults();
        facts.change("nvcr.io", ProbeResults.to(28, 0, "", "(28) Connection timed out after 10001 milliseconds"));
        facts.change("ghcr.io", ProbeResults.to(6, 0, "", "(6) Could not resolve host: ghcr.io"));
        facts.change("docker.io", ProbeResults.to(60, 0, "", "(60) SSL certificate problem: certificate has expired"));

        Finding finding = finding(facts, "network.egress-probe");

        assertThat(finding.observed())
                .isEqualTo(
                        "pool/cpu to https://nvcr.io/v2/: (28) Connection timed out; pool/cpu to https://ghcr.io/v2/: (6) Could not"
                                + " resolve host: ghcr.io; pool/cpu to https://registry-1.docker.io/v2/: (60) SSL certificate problem:"
                                + " certificate has expired");
        assertThat(finding.next())
                .contains("pool/cpu to https://nvcr.io/v2/: Allow egress")
                .contains("pool/cpu to https://ghcr.io/v2/: Let the cluster's DNS")
                .contains("pool/cpu to https://registry-1.docker.io/v2/: Renew the certificate.");
    }

    private static Finding finding(ProbeResults facts, String check) {
        return BackendVerifier.standard()
                .only(check)
                .verify(facts.snapshot())
                .findings()
                .get(0);
    }

    private static Status status(ProbeResults facts, String check) {
        return finding(facts, check).status();
    }
}
