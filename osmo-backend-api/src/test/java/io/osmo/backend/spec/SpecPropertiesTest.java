// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.InvalidSpecException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SpecPropertiesTest {
    private static final String SECRET = "s3cr3t-v4lue-that-must-not-show";

    /** Settings as any provider may have them. */
    record TestSettings(Map<String, Object> toMap) implements ProviderSettings {
        @Override
        public String provider() {
            return "test";
        }
    }

    private static final ProviderSettings.Reader READER =
            (provider, data, problems) -> Optional.of(new TestSettings(data));

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void writtenSpecReadsAsAnEqualSpec(@ForAll("specs") BackendSpec spec) {
        assertThat(BackendSpec.fromYaml(spec.toYaml(), READER)).isEqualTo(spec);
        assertThat(BackendSpec.fromJson(spec.toJson(), READER)).isEqualTo(spec);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void writingIsDeterministic(@ForAll("specs") BackendSpec spec) {
        assertThat(spec.toBuilder().build().toYaml()).isEqualTo(spec.toYaml());
        assertThat(BackendSpec.fromYaml(spec.toYaml(), READER).toYaml()).isEqualTo(spec.toYaml());
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void nothingThatIsShownHoldsASecret(@ForAll("specs") BackendSpec spec) {
        assertThat(spec.toString() + spec.toYaml() + spec.toJson()).doesNotContain(SECRET);
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> spec.toBuilder().tag("osmo-x", "y").kubernetesVersion("x").build());
        assertThat(refusal.toString()).doesNotContain(SECRET);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void anyTextIsReadOrRefusedButNeverFailsOtherwise(@ForAll("documents") String text) {
        for (boolean yaml : List.of(true, false)) {
            try {
                BackendSpec spec = yaml ? BackendSpec.fromYaml(text, READER) : BackendSpec.fromJson(text, READER);
                assertThat(spec).isNotNull();
            } catch (InvalidSpecException e) {
                assertThat(e.violations()).isNotEmpty();
            }
        }
    }

    /** Valid documents with a piece cut out, doubled or replaced. */
    @Provide
    Arbitrary<String> documents() {
        return Combinators.combine(
                        specs(),
                        Arbitraries.integers().between(0, 3000),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.strings()
                                .withChars("{}[]:-&*!|>'\"\n\t #,ab1.\u0000\u00e9")
                                .ofMaxLength(6))
                .as((spec, at, length, piece) -> {
                    String text = length % 2 == 0 ? spec.toYaml() : spec.toJson();
                    int from = Math.min(at, text.length());
                    return text.substring(0, from) + piece + text.substring(Math.min(from + length, text.length()));
                });
    }

    @Provide
    Arbitrary<BackendSpec> specs() {
        Arbitrary<String> value = Arbitraries.of(
                "true", "no", "1.30", "0x1", "x", "", "a: b", "#c", "- d", "\u00e9\u4e2d", "~", "null", "'", "\"");
        Arbitrary<Set<String>> poolNames = Arbitraries.of("cpu", "a", "1", "no", "on", "b-c")
                .set()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(
                        Arbitraries.of(Profile.values()),
                        poolNames,
                        Arbitraries.integers().between(0, (1 << 13) - 1),
                        Arbitraries.integers().between(1, 50),
                        value,
                        Arbitraries.maps(Arbitraries.of("a", "b.c/d", "yes", "1", "e-f"), value)
                                .ofMaxSize(3),
                        Arbitraries.of(FailurePolicy.values()))
                .as(SpecPropertiesTest::spec);
    }

    private static BackendSpec spec(
            Profile profile,
            Set<String> pools,
            int switches,
            int number,
            String value,
            Map<String, String> map,
            FailurePolicy policy) {
        BackendSpecBuilder builder =
                BackendSpec.builder("a" + number).on("test", "region-" + number).profile(profile);
        builder.computePool("always", p -> p.instanceType("small").scale(1, number));
        pools.forEach(name -> {
            boolean gpu = name.length() % 2 == 0;
            java.util.function.Consumer<NodePoolBuilder> pool = p -> {
                p.instanceTypes("type." + number, "other")
                        .scale(number / 2, number + 1, number)
                        .diskGib(50 + number);
                p.tainted(on(switches, 0)).onFailure(policy).spot(on(switches, 1));
                p.label("x/" + name, "v" + number).taint("k", number % 2 == 0 ? "" : "v", Taint.Effect.NO_EXECUTE);
                if (!on(switches, 1)) {
                    p.reservation("r-" + number);
                }
                if (gpu && on(switches, 2)) {
                    p.label("node-type", "special").label("nvidia.com/gpu.present", number % 2 == 0 ? "true" : "");
                }
            };
            if (gpu) {
                builder.gpuPool(name, pool);
            } else {
                builder.computePool(name, pool);
            }
        });
        if (on(switches, 3)) {
            builder.operatorPool(p -> p.tainted(true).scale(1, 3, 2));
        }
        if (on(switches, 4)) {
            builder.network(n -> n.existing("net", "s1", "s2").serviceCidr("10.100.0.0/16"));
        } else if (on(switches, 5)) {
            builder.network(n -> n.cidr("192.168.0.0/18").zones("z1", "z2").privateServiceEndpoints(true));
        }
        if (on(switches, 6)) {
            builder.apiEndpoint(e -> e.publicAccess("203.0.113.0/24", "198.51.100.7/32"));
        } else if (on(switches, 7)) {
            builder.apiEndpoint(ApiEndpointBuilder::privateOnly);
        }
        if (on(switches, 8)) {
            builder.pullSecret("nvcr.io", "$oauthtoken", () -> SECRET)
                    .pullSecret("ghcr.io", "me", Secret.env("A"), "named")
                    .pullSecret("docker.io", "no", Secret.file(Path.of("/a b/c")));
        }
        if (on(switches, 9)) {
            builder.osmo(o -> o.serviceUrl("https://osmo.example.com:" + (8000 + number))
                    .token(() -> SECRET)
                    .backendName("b" + number)
                    .release("6." + (3 + number % 2) + ".1")
                    .poolName("p" + number)
                    .operatorNamespace("ops"));
        }
        if (on(switches, 10)) {
            builder.settings(new TestSettings(Map.of("text", value, "list", List.of(1, "two"), "flag", true)))
                    .encryption(e -> e.existingKey("key:" + number))
                    .kubernetesVersion("1.30")
                    .storage(s -> s.className("class"));
        }
        if (on(switches, 11)) {
            builder.admin("a:b#c")
                    .admin("1")
                    .deletionProtection(number % 2 == 0)
                    .backup(b -> b.enabled(true).retentionDays(number));
        }
        if (on(switches, 12)) {
            builder.chart("local", c -> c.location("charts/local").values(values(value, number)))
                    .chart(
                            "remote",
                            c -> c.location("oci://ghcr.io/x/remote")
                                    .version("v0." + number + ".1-rc.1")
                                    .namespace("n" + number)
                                    .digest("sha256:" + "0f".repeat(32))
                                    .credentials("me", Secret.of("oci", () -> SECRET))
                                    .deadlineMinutes(number)
                                    .onFailure(Chart.OnFailure.ROLLBACK)
                                    .adopt(true)
                                    .crds(Chart.Definitions.DELETE));
        }
        map.forEach(builder::tag);
        return builder.build();
    }

    private static Map<String, @Nullable Object> values(String text, int number) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("text", text);
        values.put("removed", null);
        values.put("numbers", Arrays.asList(number, 10_737_418_240L, 0.5, null, List.of()));
        values.put("nested", Map.of("a.b/c", Map.of("on", true)));
        return values;
    }

    private static boolean on(int switches, int bit) {
        return (switches >> bit & 1) == 1;
    }
}
