// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.error.OsmoBackendException;
import io.osmo.backend.kubernetes.DockerConfig;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.http.RegistryChallenge;
import io.osmo.backend.verify.BackendVerifier;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.internal.values.Quantities;
import io.osmo.backend.verify.internal.values.Ranges;
import io.osmo.backend.verify.internal.values.Versions;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Every public parser takes every text: it returns something sound, or throws an exception of its family with a message of bounded
 * length, within five seconds. It is no {@code Test} because it takes minutes; the profile {@code fuzz} runs it.
 */
class ParsersFuzz extends FuzzTarget {
    private static final Predicate<RuntimeException> OURS = OsmoBackendException.class::isInstance;

    private static final Mutations YAML = new Mutations(GoodDocuments.SPECS);
    private static final Mutations JSON = new Mutations(GoodDocuments.specsInJson());
    private static final Mutations KUBECONFIGS = new Mutations(GoodDocuments.KUBECONFIGS);
    private static final Mutations VALUES = new Mutations(GoodDocuments.QUANTITIES);
    private static final Mutations NAMES = new Mutations(GoodDocuments.NAMES);
    private static final Mutations CHALLENGES = new Mutations(GoodDocuments.CHALLENGES);
    private static final Mutations PLANS = new Mutations(GoodDocuments.plans());
    private static final Mutations SNAPSHOTS = new Mutations(GoodDocuments.snapshots());
    private static final Path FILE = kubeconfig();

    private static Path kubeconfig() {
        try {
            Path file = Files.createTempFile("fuzz", ".kubeconfig");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Predicate<RuntimeException> refusal(String start) {
        return e -> e instanceof IllegalArgumentException
                && String.valueOf(e.getMessage()).startsWith(start);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void specs_in_yaml(@ForAll long seed) {
        Tries.parse("BackendSpec.fromYaml", YAML, seed, OURS, text -> {
            BackendSpec spec = BackendSpec.fromYaml(text);
            assertThat(BackendSpec.fromYaml(spec.toYaml())).isEqualTo(spec);
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void specs_in_json(@ForAll long seed) {
        Tries.parse("BackendSpec.fromJson", JSON, seed, OURS, text -> {
            BackendSpec spec = BackendSpec.fromJson(text);
            assertThat(BackendSpec.fromJson(spec.toJson())).isEqualTo(spec);
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void each_as_the_other(@ForAll long seed) {
        Tries.parse("BackendSpec.fromJson", YAML, seed, OURS, BackendSpec::fromJson);
        Tries.parse("BackendSpec.fromYaml", JSON, seed, OURS, BackendSpec::fromYaml);
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void plans(@ForAll long seed) {
        Tries.parse(
                "Plan.fromJson",
                PLANS,
                seed,
                OURS,
                text -> assertThat(Plan.fromJson(text).toString()).isNotEmpty());
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void kubeconfigs(@ForAll long seed) {
        Tries.parse("KubernetesClients.access", KUBECONFIGS, seed, OURS, text -> {
            try {
                Files.write(FILE, text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(KubernetesClients.access(FILE, Optional.empty()).name()).isNotEmpty();
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void snapshots(@ForAll long seed) {
        Tries.parse("ClusterSnapshot.fromJson", SNAPSHOTS, seed, refusal("not a snapshot: "), text -> {
            ClusterSnapshot snapshot = ClusterSnapshot.fromJson(text);
            assertThat(ClusterSnapshot.fromJson(snapshot.toJson())).isEqualTo(snapshot);
            if (seed % 10 == 0) {
                Report report = BackendVerifier.standard().verify(snapshot);
                assertThat(report.toText() + report.toJson() + report.toJUnitXml() + report.toHtml())
                        .doesNotContain("\u001b", "\n::error", "##[");
            }
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void quantities_ranges_and_versions(@ForAll long seed) {
        Tries.parseShort("quantities, ranges, versions", VALUES, seed, none -> false, text -> {
            Quantities.amount(text);
            Quantities.millis(text);
            Ranges.invalid(List.of(text));
            Ranges.overlap(text, "10.0.0.0/8");
            Ranges.parts("10.0.0.0/8", text);
            Ranges.inside(List.of(text)).test("10.0.0.1");
            Versions.parse(text);
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void resource_ids_and_registries(@ForAll long seed) {
        Tries.parseShort("ResourceId.parse, registries", NAMES, seed, refusal("not a resource id: "), text -> {
            assertThat(DockerConfig.registryOf(text)).isNotNull();
            assertThat(ResourceId.parse(text)).hasToString(text);
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void challenges_of_registries(@ForAll long seed) {
        Tries.parseShort("RegistryChallenge", CHALLENGES, seed, none -> false, text -> {
            RegistryChallenge.of(List.of(text))
                    .flatMap(challenge -> challenge.tokenAddress("scope", text, seed % 2 == 0))
                    .ifPresent(address -> assertThat(address.getHost()).isNotEmpty());
            RegistryChallenge.token(text).ifPresent(token -> assertThat(token).doesNotContain("\n"));
        });
    }

    @Property(shrinking = ShrinkingMode.OFF)
    void waivers(@ForAll long seed) {
        Tries.parse(
                "BackendVerifier.waive",
                NAMES,
                seed,
                e -> e instanceof IllegalArgumentException || e instanceof DateTimeException,
                text -> BackendVerifier.standard()
                        .waive(new Waiver(text, text, LocalDate.of(2026, 1, 1).plusDays(Math.floorMod(seed, 400)))));
    }
}
