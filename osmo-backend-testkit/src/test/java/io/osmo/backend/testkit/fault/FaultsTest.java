// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.existing.EmulatedExisting;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule that can never fire is refused, and one that has not fired is told. */
class FaultsTest {
    private enum Cloud {
        AWS(EmulatedAws::on),
        AZURE(time -> EmulatedAzure.builder(time).build()),
        GCP(EmulatedGcp::on),
        EXISTING(EmulatedExisting::on);

        private final Function<VirtualTime, EmulatedCloud> on;

        Cloud(Function<VirtualTime, EmulatedCloud> on) {
            this.on = on;
        }

        EmulatedCloud open() {
            return on.apply(VirtualTime.seeded(1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AWS, eks:CreatCluster, eks:CreateCluster",
        "AWS, eks.CreateCluster, eks:",
        "AWS, EC2:*, ''",
        "AWS, 'PUT Microsoft.ContainerService/managedClusters', ''",
        "AZURE, 'PUT Microsoft.ContainerService/managedCluster', 'PUT Microsoft.ContainerService/managedClusters'",
        "AZURE, 'PUT microsoft.containerservice/managedClusters', ''",
        "AZURE, 'CREATE Microsoft.ContainerService/managedClusters', ''",
        "AZURE, eks:CreateCluster, ''",
        "GCP, container.CreatCluster, container.CreateCluster",
        "GCP, compute.network.insert, compute.networks.insert",
        "GCP, CreateCluster, ''",
        "EXISTING, 'PATCH /api/v1/namespaces/x', PATCH api/v1",
        "EXISTING, 'LIST api/v1/nodes', ''",
    })
    void an_operation_that_the_cloud_does_not_have_is_refused(Cloud cloud, String name, String nearest) {
        try (EmulatedCloud emulated = cloud.open()) {
            assertThatThrownBy(() -> emulated.faults().onCall(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no operation '" + name + "'")
                    .hasMessageContaining(nearest);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AWS, eks:CreateCluster",
        "AWS, ec2:*",
        "AWS, *",
        "AWS, *:Delete*",
        "AWS, elasticloadbalancing:*",
        "AZURE, PUT Microsoft.ContainerService/managedClusters",
        "AZURE, POST Microsoft.ContainerService/managedClusters/listClusterUserCredential",
        "AZURE, LIST *",
        "AZURE, GET Microsoft.Compute/skus",
        "AZURE, POLL Microsoft.ContainerService",
        "GCP, container.CreateCluster",
        "GCP, compute.networks.*",
        "GCP, *.insert",
        "EXISTING, PATCH api/v1/namespaces/osmo-operator",
        "EXISTING, GET *",
    })
    void an_operation_that_it_has_is_taken(Cloud cloud, String name) {
        try (EmulatedCloud emulated = cloud.open()) {
            emulated.faults().onCall(name).nth(2).deny();

            assertThat(emulated.faults().unused()).containsExactly(name + ", call 2");
        }
    }

    @Test
    void rules_that_have_not_fired_are_told() {
        try (EmulatedCloud aws = Cloud.AWS.open()) {
            Faults faults = aws.faults();
            faults.onCall("eks:CreateCluster").times(3).throttle();
            faults.onCall("ec2:*").deny();
            faults.onCalls(call -> false).loseResponse();
            faults.stockOut("p5.48xlarge", "us-west-2b");
            faults.stockOut("g6.xlarge", "us-west-2a");
            assertThat(faults.unused()).hasSize(5);

            Call call = new Call(1, Instant.EPOCH, "ec2:CreateVpc", false, "");
            assertThatThrownBy(() -> faults.decide(call).before(call)).isInstanceOf(RuntimeException.class);
            assertThat(faults.stockedOut("g6.xlarge", "us-west-2a")).isTrue();
            assertThat(faults.stockedOut("g6.xlarge", "us-west-2b")).isFalse();

            assertThat(faults.unused())
                    .containsExactly(
                            "eks:CreateCluster, calls up to 3",
                            "a condition",
                            "stock-out of p5.48xlarge in us-west-2b");
            faults.clear();
            assertThat(faults.unused()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ab, ab, true",
        "ab, ac, false",
        "a*, ab, true",
        "a*, *b, true",
        "a*c, *b, false",
        "*, '', true",
        "'', *, true",
        "a*b*c, a*c, true",
        "abc, a*d, false",
        "x/*/y, x/a/*, true",
        "a, '', false",
        "**, a, true",
        "a*, a, true",
    })
    void wildcards_overlap(String one, String other, boolean overlap) {
        assertThat(Wildcards.overlap(one, other)).isEqualTo(overlap);
        assertThat(Wildcards.overlap(other, one)).isEqualTo(overlap);
    }
}
