// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads every document that {@code docs/spec.md} shows. */
class SpecDocumentationTest {
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

    @Test
    void everyDocumentOfThePageIsASpecAndSurvivesWritingAndReading() throws IOException {
        List<BackendSpec> specs = documented();
        assertThat(specs)
                .extracting(BackendSpec::name)
                .containsExactly("smallest", "train-west", "sandbox", "lab-west");
        for (BackendSpec spec : specs) {
            assertThat(BackendSpec.fromYaml(spec.toYaml())).isEqualTo(spec);
            assertThat(BackendSpec.fromJson(spec.toJson())).isEqualTo(spec);
        }
    }

    @Test
    void aByteOrderMarkBeforeADocumentIsIgnored() throws IOException {
        BackendSpec spec = documented().get(0);

        assertThat(BackendSpec.fromYaml("\uFEFF" + spec.toYaml())).isEqualTo(spec);
        assertThat(BackendSpec.fromJson("\uFEFF" + spec.toJson())).isEqualTo(spec);
    }

    @Test
    void theFullProductionDocumentSaysWhatItSeemsToSay() throws IOException {
        BackendSpec spec = documented().get(1);
        assertThat(spec)
                .isEqualTo(BackendSpec.builder("train-west")
                        .on("aws", "us-west-2")
                        .kubernetesVersion("1.35")
                        .operatorPool(p -> p.instanceType("m7i.xlarge").tainted(true))
                        .computePool(
                                "cpu",
                                p -> p.instanceTypes("m7i.2xlarge", "m6i.2xlarge")
                                        .scale(1, 20, 2)
                                        .label("team", "robots"))
                        .gpuPool(
                                "h100",
                                p -> p.instanceType("p5.48xlarge")
                                        .scale(0, 8)
                                        .taint("team", "robots", Taint.Effect.NO_SCHEDULE)
                                        .diskGib(500)
                                        .zones("us-west-2b")
                                        .reservation("cr-0123456789abcdef0")
                                        .fallback(f -> f.zones("us-west-2a", "us-west-2c")
                                                .spot(true))
                                        .fallback(f -> f.instanceTypes("p5en.48xlarge", "p4d.24xlarge"))
                                        .replacement(Replacement.RECREATE)
                                        .drainMinutes(120)
                                        .onFailure(FailurePolicy.DEGRADE))
                        .network(n -> n.zones("us-west-2a", "us-west-2b", "us-west-2c"))
                        .apiEndpoint(e -> e.publicAccess("203.0.113.0/24"))
                        .storage(s -> s.className("gp3"))
                        .encryption(e -> e.existingKey(
                                "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"))
                        .pullSecret("nvcr.io", "$oauthtoken", Secret.env("NGC_API_KEY"))
                        .pullSecret(
                                "registry.example.com:5000",
                                "robot",
                                Secret.file(Path.of("/run/secrets/registry")),
                                "example-registry")
                        .osmo(o -> o.release("6.3.1")
                                .serviceUrl("https://osmo.example.com")
                                .backendName("train-west")
                                .token(() -> "supplied elsewhere"))
                        .chart(
                                "kai-scheduler",
                                c -> c.location("oci://ghcr.io/kai-scheduler/kai-scheduler/kai-scheduler")
                                        .version("v0.17.0")
                                        .values(Map.of(
                                                "global", Map.of("registry", "ghcr.io/kai-scheduler/kai-scheduler"))))
                        .admin("arn:aws:iam::111122223333:role/Admin")
                        .tag("team", "robots")
                        .build());
    }

    @Test
    void thePageOnOsmoShowsASpecOfTheReleaseThatItDescribes() throws IOException {
        assertThat(documented("osmo.md"))
                .singleElement()
                .satisfies(spec ->
                        assertThat(spec.osmo().flatMap(OsmoService::release)).contains("6.4.0"));
    }

    private static List<BackendSpec> documented() throws IOException {
        return documented("spec.md");
    }

    private static List<BackendSpec> documented(String page) throws IOException {
        Matcher blocks = YAML_BLOCK.matcher(Files.readString(Path.of("..", "docs", page)));
        List<BackendSpec> specs = new ArrayList<>();
        while (blocks.find()) {
            specs.add(BackendSpec.fromYaml(blocks.group(1)));
        }
        return specs;
    }
}
