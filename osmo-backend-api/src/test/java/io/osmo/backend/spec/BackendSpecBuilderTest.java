// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.Violation;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class BackendSpecBuilderTest {
    @Test
    void productionIsTheDefaultAndHighlyAvailable() {
        BackendSpec spec = minimal().build();

        assertThat(spec.profile()).isEqualTo(Profile.PRODUCTION);
        assertThat(spec.kubernetesVersion()).isEmpty();
        assertThat(spec.network().cidr()).contains("10.0.0.0/16");
        assertThat(spec.network().serviceCidr()).isEqualTo("172.20.0.0/16");
        assertThat(spec.network().zoneCount()).isEqualTo(3);
        assertThat(spec.network().egress()).isEqualTo(Network.Egress.NAT_PER_ZONE);
        assertThat(spec.apiEndpoint().publicAccess()).isFalse();
        assertThat(spec.backup().enabled()).isTrue();
        assertThat(spec.backup().retentionDays()).isEqualTo(35);
        assertThat(spec.deletionProtection()).isTrue();
        assertThat(spec.pools()).extracting(NodePool::name).containsExactly("operator", "cpu");
        NodePool operator = spec.operatorPool().orElseThrow();
        assertThat(operator.instanceTypes()).isEmpty();
        assertThat(operator.scale()).isEqualTo(new Scale(1, 3, 1));
        assertThat(operator.labels()).isEqualTo(Map.of("node-type", "operator"));
        assertThat(operator.taints()).isEmpty();
        assertThat(operator.diskGib()).isEqualTo(100);
        assertThat(operator.onFailure()).isEqualTo(FailurePolicy.KEEP);
    }

    @Test
    void developmentDropsWhatCostsMoney() {
        BackendSpec spec = minimal().profile(Profile.DEVELOPMENT).build();

        assertThat(spec.operatorPool()).isEmpty();
        assertThat(spec.network().zoneCount()).isEqualTo(2);
        assertThat(spec.network().egress()).isEqualTo(Network.Egress.SINGLE_NAT);
        assertThat(spec.apiEndpoint().publicCidrs()).containsExactly("0.0.0.0/0");
        assertThat(spec.backup().enabled()).isFalse();
        assertThat(spec.deletionProtection()).isFalse();
    }

    @Test
    void gpuPoolsAreTaintedForTheNvidiaStackUnlessSwitchedOff() {
        BackendSpec spec = minimal()
                .gpuPool("a", p -> p.instanceType("g6.xlarge"))
                .gpuPool("b", p -> p.instanceType("g6.xlarge").tainted(false))
                .build();

        assertThat(spec.computePools().get(1).taints()).hasToString("[nvidia.com/gpu=present:NoSchedule]");
        assertThat(spec.computePools().get(2).taints()).isEmpty();
    }

    @Test
    void gpuPoolsCarryTheLabelThatOsmoSelectsByUnlessToldOtherwise() {
        BackendSpec spec = minimal()
                .gpuPool("a", p -> p.instanceType("g6.xlarge"))
                .gpuPool("b", p -> p.instanceType("g6.xlarge").label("nvidia.com/gpu.present", "false"))
                .build();

        assertThat(spec.computePools().get(0).labels()).isEqualTo(Map.of("node-type", "compute"));
        assertThat(spec.computePools().get(1).labels())
                .isEqualTo(Map.of("node-type", "gpu", "nvidia.com/gpu.present", "true"));
        assertThat(spec.computePools().get(2).labels())
                .isEqualTo(Map.of("node-type", "gpu", "nvidia.com/gpu.present", "false"));
    }

    @Test
    void labelsOfTheRoleAreWrittenOnlyWhenTheyWereChanged() {
        BackendSpec standard = minimal()
                .gpuPool("gpu", p -> p.instanceType("g6.xlarge").label("nvidia.com/gpu.present", "true"))
                .build();
        BackendSpec changed = standard.toBuilder()
                .changePool("gpu", p -> p.label("nvidia.com/gpu.present", "false"))
                .build();

        assertThat(standard.toYaml()).doesNotContain("labels", "gpu.present");
        assertThat(BackendSpec.fromYaml(standard.toYaml())).isEqualTo(standard);
        assertThat(changed.toYaml())
                .contains("nvidia.com/gpu.present: \"false\"")
                .doesNotContain("node-type");
        assertThat(BackendSpec.fromYaml(changed.toYaml())).isEqualTo(changed);
        assertThat(BackendSpec.fromJson(changed.toJson())).isEqualTo(changed);
    }

    @Test
    void operatorTaintIsOneThatTheOperatorsChartTolerates() {
        BackendSpec spec = minimal().operatorPool(p -> p.tainted(true)).build();

        assertThat(spec.operatorPool().orElseThrow().taints()).hasToString("[ops=true:NoSchedule]");
    }

    @Test
    void toBuilderChangesOnlyWhatItIsTold() {
        BackendSpec spec = minimal()
                .gpuPool("gpu", p -> p.instanceType("g6.xlarge").scale(0, 4))
                .osmo(o -> o.serviceUrl("https://osmo.example.com").token(() -> "t"))
                .pullSecret("ghcr.io", "me", () -> "p")
                .build();

        assertThat(spec.toBuilder().build()).isEqualTo(spec);
        BackendSpec changed = spec.toBuilder()
                .changePool("cpu", p -> p.scale(2, 40))
                .removePool("gpu")
                .build();
        assertThat(changed.computePools())
                .singleElement()
                .extracting(NodePool::scale)
                .isEqualTo(new Scale(2, 40, 2));
        assertThat(changed.toBuilder()
                        .changePool("cpu", p -> p.scale(1, 10))
                        .gpuPool("gpu", p -> p.instanceType("g6.xlarge").scale(0, 4))
                        .build())
                .isEqualTo(spec);
    }

    @Test
    void theReleaseOfOsmoDecidesTheNamesThatItsDocumentationGives() {
        assertThat(osmo(o -> o.release("6.3.1")))
                .extracting(OsmoService::helmRelease, OsmoService::operatorNamespace, OsmoService::tokenSecretName)
                .containsExactly("osmo-operator", "osmo-operator", "osmo-backend-token-default");
        assertThat(osmo(o -> o.release("6.4.0-rc2").backendName("west")))
                .extracting(OsmoService::helmRelease, OsmoService::operatorNamespace, OsmoService::tokenSecretName)
                .containsExactly("osmo-compute", "osmo-compute", "osmo-west-backend-token");
        assertThat(osmo(o -> o.release("6.4.1")))
                .extracting(OsmoService::tokenSecretName)
                .isEqualTo("osmo-b-backend-token");
        assertThat(osmo(o -> o.release("6.4.0")
                        .helmRelease("a")
                        .operatorNamespace("b")
                        .tokenSecretName("c")
                        .poolName("d")))
                .extracting(
                        OsmoService::helmRelease,
                        OsmoService::operatorNamespace,
                        OsmoService::tokenSecretName,
                        OsmoService::poolName)
                .containsExactly("a", "b", "c", "d");
        assertThat(osmo(o -> {}))
                .extracting(OsmoService::release, OsmoService::poolName)
                .containsExactly(Optional.empty(), "default");
    }

    private static OsmoService osmo(Consumer<OsmoServiceBuilder> change) {
        return BackendSpec.builder("b")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge"))
                .osmo(o -> change.accept(o.serviceUrl("https://osmo.example.com")))
                .build()
                .osmo()
                .orElseThrow();
    }

    @Test
    void changingAPoolThatIsNotThereNamesThoseThatAre() {
        assertThatThrownBy(() -> minimal().changePool("gpu", p -> p.scale(0, 1)))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no compute pool gpu; there are [cpu]");
    }

    @Test
    void existingNetworkBringsItsOwnRangeZonesAndWayOut() {
        Network network = minimal()
                .network(n -> n.existing("vpc-1", "subnet-a", "subnet-b"))
                .build()
                .network();

        assertThat(network.cidr()).isEmpty();
        assertThat(network.zoneCount()).isZero();
        assertThat(network.egress()).isEqualTo(Network.Egress.EXISTING);
    }

    @Test
    void specIsImmutableOnceBuilt() {
        BackendSpecBuilder builder = minimal();
        BackendSpec spec = builder.build();
        builder.tag("later", "x").computePool("late", p -> p.instanceType("m7i.2xlarge"));

        assertThat(spec.tags()).isEmpty();
        assertThat(spec.computePools()).hasSize(1);
        assertThatThrownBy(() -> spec.tags().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void violationsAreOfferedWithoutThrowing() {
        assertThat(BackendSpec.builder("a").on("aws", "us-west-2").violations())
                .extracting(Violation::path, Violation::requirement)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("computePools", Optional.of("CN-1")));
    }

    @Test
    void allViolationsAreReportedAtOnceAndReadWellOnATerminal() {
        InvalidSpecException refusal = catchThrowableOfType(
                InvalidSpecException.class,
                () -> BackendSpec.builder("A")
                        .on("aws", "us-west-2")
                        .kubernetesVersion("1.30.2")
                        .build());

        assertThat(refusal).hasMessage("""
                        the spec has 3 errors

                          name (CP-1)
                            given    "A"
                            allowed  1 to 40 lower-case letters, digits and hyphens, a letter first, no hyphen last
                            remedy   Choose such a name; names of cloud resources are derived from it.

                          kubernetesVersion (CP-2)
                            given    "1.30.2"
                            allowed  major.minor, 1.30 or newer
                            remedy   Write 1.30; the cloud chooses the patch release.

                          computePools (CN-1)
                            given    none
                            allowed  at least one pool for workflows
                            remedy   Add a pool of CPU or GPU nodes.""");
    }

    static final List<Arguments> invalid = List.of(
            invalid(
                    "service URL with port out of range",
                    b -> b.osmo(o -> o.serviceUrl("https://osmo.example.com:70000")),
                    "osmo.serviceUrl (NW-2): given \"https://osmo.example.com:70000\"; allowed: https://host or"
                            + " https://host:port. Write it like https://osmo.example.com."),
            invalid(
                    "workflow namespace that leaves no room for a pool name",
                    b -> b.osmo(o -> o.serviceUrl("https://osmo.example.com")
                            .poolName("d")
                            .workflowNamespace("a-very-long-namespace-for-workflow-of-osmo-and-more")),
                    "computePools[0].name (CN-1): given \"cpu\"; allowed: 1 to 1 lower-case letters, digits and hyphens, a"
                            + " letter or digit at both ends. Choose such a name; OSMO derives a queue name of up to 63"
                            + " characters from it and the namespace"
                            + " a-very-long-namespace-for-workflow-of-osmo-and-more."),
            invalid(
                    "too many tags",
                    b -> IntStream.rangeClosed(1, 41).boxed().reduce(b, (x, i) -> x.tag("t" + i, ""), (x, y) -> x),
                    "tags (CP-1): given 41 tags; allowed: 40 at most. Remove some; clouds limit tags per resource and some"
                            + " are needed for ownership."),
            invalid(
                    "settings of another provider",
                    b -> b.settings(new ProviderSettings() {
                        @Override
                        public String provider() {
                            return "gcp";
                        }

                        @Override
                        public Map<String, Object> toMap() {
                            return Map.of();
                        }
                    }),
                    "settings (CP-1): given settings for gcp; allowed: settings for the spec's provider, \"aws\". Leave the"
                            + " settings out, or change the provider."),
            invalid(
                    "public endpoint without ranges",
                    b -> b.apiEndpoint(e -> e.publicAccess()),
                    "apiEndpoint.publicCidrs (SC-3): given none; allowed: at least one IPv4 range in production. Name the"
                            + " ranges of those who operate the cluster, or make the endpoint private."),
            invalid(
                    "blank reservation",
                    b -> b.changePool("cpu", p -> p.reservation(" ")),
                    "computePools[0].reservation (CN-1): given nothing; allowed: the id of a capacity reservation. Name the"
                            + " reservation, or leave it out."),
            invalid(
                    "control characters in a name are escaped",
                    b -> b.storage(s -> s.className("a\u001b[31m")),
                    "storage.className (ST-1): given \"a\\u001b[31m\"; allowed: lower-case letters, digits, hyphens and"
                            + " dots, a letter or digit at both ends of each part, 253 characters at most. Choose such a"
                            + " name, or leave it out for the provider's own."));

    private static Arguments invalid(String title, UnaryOperator<BackendSpecBuilder> change, String expected) {
        return Arguments.of(org.junit.jupiter.api.Named.of(title, change), expected);
    }

    @ParameterizedTest
    @FieldSource("invalid")
    void invalidSpecIsRefusedWithItsMessage(UnaryOperator<BackendSpecBuilder> change, String expected) {
        assertThat(change.apply(minimal()).violations())
                .extracting(Violation::toString)
                .containsExactly(expected);
    }

    private static BackendSpecBuilder minimal() {
        return BackendSpec.builder("train-west")
                .on("aws", "us-west-2")
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge"));
    }
}
