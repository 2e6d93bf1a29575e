// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.osmo.backend.ApplyOptions;
import io.osmo.backend.Backend;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.InvalidSpecException;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.error.ResourceOutcome;
import io.osmo.backend.event.Event.EffectAccepted;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.FailurePolicy;
import io.osmo.backend.spec.PoolRole;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What goes wrong at AWS reaches the host as what it is. */
class EksFailuresTest {
    private static PartialApplyException failure(EksBackend backend, BackendSpec spec) {
        return catchThrowableOfType(PartialApplyException.class, () -> backend.osmo.apply(backend.osmo.plan(spec)));
    }

    private static CloudException cause(PartialApplyException partial) {
        return (CloudException) partial.getSuppressed()[0];
    }

    @ParameterizedTest
    @CsvSource({
        "iam:CreateRole,          403, AccessDenied,             NOT_AUTHORIZED",
        "ec2:CreateVpc,           403, UnauthorizedOperation,    NOT_AUTHORIZED",
        "ec2:AllocateAddress,     400, AddressLimitExceeded,     QUOTA_EXCEEDED",
        "eks:CreateCluster,       400, ResourceLimitExceededException, QUOTA_EXCEEDED",
        "eks:CreateCluster,       400, UnsupportedAvailabilityZoneException, NO_CAPACITY",
        "kms:CreateKey,           400, LimitExceededException,   QUOTA_EXCEEDED",
        "ec2:CreateSubnet,        400, InvalidSubnet.Range,      INVALID_REQUEST"
    })
    void a_refusal_keeps_what_stands_and_says_why(String operation, int status, String code, CloudError error) {
        try (EksBackend backend = new EksBackend()) {
            backend.aws().faults().onCall(operation).refuse(status, code, "refused by the test");

            PartialApplyException partial = failure(backend, spec());

            assertThat(cause(partial).error()).isEqualTo(error);
            assertThat(cause(partial).remedy()).isNotEmpty();
            assertThat(partial.outcomes())
                    .extracting(ResourceOutcome::status)
                    .contains(ResourceOutcome.Status.FAILED, ResourceOutcome.Status.SKIPPED);

            backend.aws().faults().clear();
            backend.applied(spec());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eks:CreateAddon,         409, ResourceInUseException",
        "eks:CreateNodegroup,     429, ThrottlingException",
        "ec2:CreateNatGateway,    503, Unavailable",
        "ec2:CreateRoute,         503, RequestLimitExceeded",
        "backup:CreateBackupPlan, 400, ThrottlingException"
    })
    void what_passes_is_waited_for(String operation, int status, String code) {
        try (EksBackend backend = new EksBackend()) {
            backend.aws().faults().onCall(operation).times(3).refuse(status, code, "for a while");

            backend.applied(spec());
        }
    }

    /** What AWS gives a state for and no code: as a refused call it has a class and a remedy of its own. */
    @ParameterizedTest
    @CsvSource({
        "vpc-endpoint/s3, Failed, INVALID_REQUEST, a failed endpoint is created again",
        "vpc-endpoint/s3, Rejected, NOT_AUTHORIZED, The owner of the endpoint service has rejected the endpoint",
        "vpc-endpoint/s3, Expired, NOT_AUTHORIZED, did not accept the endpoint in time",
        "route-table-association/private-us-west-2a, failed, UNAVAILABLE, plan again to retry",
        "kms-key/main, Unavailable, UNAVAILABLE, aws kms describe-custom-key-stores). Connect the key store of key",
        "kms-key/main, PendingImport, INVALID_REQUEST, has no key material: it has expired"
    })
    void a_state_that_waiting_does_not_change_is_told(String resource, String state, CloudError error, String remedy) {
        try (EksBackend backend = new EksBackend()) {
            ApplyOptions options = ApplyOptions.defaults().listener(event -> {
                if (event instanceof EffectAccepted accepted
                        && accepted.resource().toString().equals(resource)) {
                    backend.aws().plantState(EksBackend.REGION, cloudId(backend, resource), state);
                }
            });

            PartialApplyException partial = catchThrowableOfType(
                    PartialApplyException.class, () -> backend.osmo.apply(backend.osmo.plan(spec()), options));

            assertThat(cause(partial).error()).isEqualTo(error);
            assertThat(cause(partial).remedy()).contains(remedy);
        }
    }

    private static String cloudId(EksBackend backend, String resource) {
        AwsClients clients = backend.clients();
        if (resource.startsWith("kms-key/")) {
            return clients.kms().listKeys().keys().get(0).keyId();
        }
        if (resource.startsWith("vpc-endpoint/")) {
            return backend.id(resource);
        }
        String subnet = backend.id("subnet/" + resource.substring(resource.indexOf('/') + 1));
        return clients.ec2()
                .describeRouteTables(
                        r -> r.filters(f -> f.name("association.subnet-id").values(subnet)))
                .routeTables()
                .get(0)
                .associations()
                .get(0)
                .routeTableAssociationId();
    }

    @Test
    void a_dependency_is_waited_for_and_then_told() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            backend.aws()
                    .faults()
                    .onCall("ec2:DeleteSubnet")
                    .refuse(400, "DependencyViolation", "The subnet has dependencies and cannot be deleted.");

            PartialApplyException partial = catchThrowableOfType(PartialApplyException.class, backend::destroyed);

            assertThat(partial).hasMessageContaining("DependencyViolation").hasMessageContaining("subnet/");
            backend.aws().faults().clear();
            backend.destroyed();
            assertThat(backend.remains()).isEmpty();
        }
    }

    @Test
    void what_holds_a_subnet_is_named() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String subnet = backend.id("subnet/private-us-west-2a");
            AtomicReference<String> held = new AtomicReference<>();
            ApplyOptions options = ApplyOptions.defaults().listener(event -> {
                if (held.get() == null) {
                    held.set(backend.clients()
                            .ec2()
                            .createNetworkInterface(r -> r.subnetId(subnet).description("of a batch job"))
                            .networkInterface()
                            .networkInterfaceId());
                }
            });

            PartialApplyException partial = catchThrowableOfType(
                    PartialApplyException.class,
                    () -> backend.osmo.apply(backend.osmo.planDestroy(spec().ref()), options));

            assertThat(partial)
                    .hasMessageContaining("It is held by network interface " + held.get() + " (of a batch job)")
                    .hasMessageContaining("Delete or detach what holds it, then destroy again");
        }
    }

    @Test
    void what_holds_a_route_table_is_named() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            String table = backend.id("route-table/public");
            AtomicReference<String> holder = new AtomicReference<>();
            ApplyOptions options = ApplyOptions.defaults().listener(event -> {
                if (holder.get() == null) {
                    Ec2Client ec2 = backend.clients().ec2();
                    String vpc = backend.id("vpc/main");
                    holder.set(ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.0.30.0/24"))
                            .subnet()
                            .subnetId());
                    ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(holder.get()));
                }
            });

            PartialApplyException partial = catchThrowableOfType(
                    PartialApplyException.class,
                    () -> backend.osmo.apply(backend.osmo.planDestroy(spec().ref()), options));

            assertThat(Arrays.stream(partial.getSuppressed()).map(Throwable::getMessage))
                    .as("the route table, and the VPC that both are in")
                    .anyMatch(text -> text.contains("ec2:DeleteRouteTable")
                            && text.contains("It is held by subnet " + holder.get()));
        }
    }

    @Test
    void a_pool_below_its_minimum_is_waited_for_and_then_told() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            BackendSpec more = spec(s -> s.changePool("cpu", p -> p.scale(2, 4)));
            backend.applied(more);
            assertThat(backend.aws().inventory()).anyMatch(line -> line.startsWith("node-group cpu 1.35 ACTIVE"));
            assertThat(instances(backend)).isEqualTo(2);
            for (String zone : List.of("us-west-2a", "us-west-2b", "us-west-2c", "us-west-2d")) {
                backend.aws().faults().stockOut("m7i.2xlarge", zone);
            }

            PartialApplyException partial = failure(backend, spec(s -> s.changePool("cpu", p -> p.scale(3, 4))));

            assertThat(partial)
                    .hasMessageContaining("2 of at least 3 nodes are running")
                    .hasMessageNotContaining("2 of at least 3 nodes are running)")
                    .hasMessageContaining("InsufficientInstanceCapacity");
            assertThat(backend.osmo.plan(more).warnings()).anyMatch(text -> text.startsWith("Node group cpu: "));
            backend.aws().faults().clear();
            backend.applied(spec(s -> s.changePool("cpu", p -> p.scale(4, 4))));
            assertThat(instances(backend)).isEqualTo(4);
        }
    }

    private static long instances(EksBackend backend) {
        return backend.clients().autoScaling().describeAutoScalingGroups().autoScalingGroups().stream()
                .filter(group -> group.autoScalingGroupName().startsWith("eks-cpu-"))
                .mapToLong(group -> group.instances().size())
                .sum();
    }

    private static BackendSpec withGpus(FailurePolicy policy) {
        return spec(s -> s.gpuPool(
                "h100",
                p -> p.instanceType("p5.48xlarge")
                        .scale(1, 4)
                        .zones("us-west-2b")
                        .onFailure(policy)));
    }

    @Test
    void a_stock_out_of_gpus_costs_neither_control_plane_nor_other_pools() {
        try (EksBackend backend = new EksBackend()) {
            backend.aws().faults().stockOut("p5.48xlarge", "us-west-2b");

            PartialApplyException partial = failure(backend, withGpus(FailurePolicy.KEEP));

            assertThat(partial.outcomes())
                    .filteredOn(o -> o.status() == ResourceOutcome.Status.FAILED)
                    .extracting(outcome -> outcome.resource().toString())
                    .allMatch(id -> id.startsWith("node-group/h100"));
            assertThat(partial).hasMessageContaining("node-group/h100");
            assertThat(cause(partial).error()).isEqualTo(CloudError.NO_CAPACITY);
            assertThat(cause(partial).remedy()).startsWith("Try again later, or give the pool more zones");
            assertThat(backend.aws().inventory())
                    .contains("cluster train-west 1.35 ACTIVE")
                    .anyMatch(line -> line.startsWith("node-group cpu 1.35 ACTIVE"));

            backend.aws().faults().clear();
            backend.applied(withGpus(FailurePolicy.KEEP));
        }
    }

    @Test
    void a_pool_that_may_degrade_lets_the_apply_succeed() {
        try (EksBackend backend = new EksBackend()) {
            backend.aws().faults().stockOut("p5.48xlarge", "us-west-2b");

            Backend applied = backend.osmo.apply(backend.osmo.plan(withGpus(FailurePolicy.DEGRADE)));

            assertThat(applied.missing())
                    .extracting(outcome -> outcome.resource().toString())
                    .anyMatch(id -> id.contains("h100"));
        }
    }

    @Test
    void a_pool_that_is_to_be_deleted_on_failure_leaves_nothing() {
        try (EksBackend backend = new EksBackend()) {
            backend.aws().faults().stockOut("p5.48xlarge", "us-west-2b");

            failure(backend, withGpus(FailurePolicy.DELETE));

            assertThat(backend.aws().inventory()).noneMatch(line -> line.contains("h100"));
        }
    }

    @Test
    void images_of_amazon_linux_2_are_refused_before_any_call() {
        try (EksBackend backend = new EksBackend()) {
            assertThatThrownBy(() -> backend.osmo.plan(spec(s -> s.settings(EksSettings.builder()
                            .amiType(PoolRole.CPU, "AL2_x86_64")
                            .build()))))
                    .isInstanceOf(InvalidSpecException.class)
                    .hasMessageContaining("AL2_x86_64")
                    .hasMessageContaining("AL2023_x86_64_STANDARD");

            assertThat(backend.aws().calls()).isEqualTo(List.of());
        }
    }
}
