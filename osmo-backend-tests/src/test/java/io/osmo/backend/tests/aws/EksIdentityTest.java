// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static io.osmo.backend.tests.aws.EksBackend.NAME;
import static io.osmo.backend.tests.aws.EksBackend.REGION;
import static io.osmo.backend.tests.aws.EksBackend.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.StalePlanException;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.Leftover;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.fault.Call;
import io.osmo.backend.tests.identity.OtherAccount;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A backend is its account, region and name: a namesake elsewhere is never taken for it. */
class EksIdentityTest {
    private static final String THEIR_ROLE = "arn:aws:iam::210987654321:role/osmo";
    private static final BackendSpec THERE =
            spec(s -> s.settings(EksSettings.builder().roleArn(THEIR_ROLE).build()));

    private static List<String> inRegion(EmulatedAws aws, String region) {
        return aws.inventory().stream().filter(line -> line.contains(region)).toList();
    }

    @Test
    void the_same_name_in_another_region_is_another_backend() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            BackendSpec east = spec(s -> s.on("aws", "us-east-1"));
            List<String> west = inRegion(backend.aws(), REGION);
            backend.osmo.apply(backend.osmo.plan(east));
            assertThat(backend.osmo.plan(east).changes()).isEmpty();
            assertThat(inRegion(backend.aws(), REGION)).isEqualTo(west);
            backend.aws().plantVolume(REGION, NAME, "data");

            backend.osmo.apply(backend.osmo.planDestroy(east.ref()));

            assertThat(inRegion(backend.aws(), REGION)).isEqualTo(west);
            assertThat(backend.aws().inventory()).anyMatch(line -> line.startsWith("volume"));
            assertThat(inRegion(backend.aws(), "us-east-1")).isEmpty();
            assertThat(backend.osmo.plan(spec()).changes()).isEmpty();
        }
    }

    @Test
    void somebody_elses_cluster_of_our_name_keeps_its_disks_and_load_balancers() {
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec());
            var clients = backend.clients();
            String role =
                    clients.eks().describeCluster(r -> r.name(NAME)).cluster().roleArn();
            for (String group : List.of("cpu", "operator")) {
                clients.eks().deleteNodegroup(r -> r.clusterName(NAME).nodegroupName(group));
            }
            backend.clouds.time().advance(Duration.ofMinutes(10));
            clients.eks().deleteCluster(r -> r.name(NAME));
            backend.clouds.time().advance(Duration.ofMinutes(10));
            String vpc = clients.ec2()
                    .createVpc(r -> r.cidrBlock("10.9.0.0/16"))
                    .vpc()
                    .vpcId();
            List<String> subnets = Stream.of("a", "b")
                    .map(zone -> clients.ec2()
                            .createSubnet(r -> r.vpcId(vpc)
                                    .availabilityZone(REGION + zone)
                                    .cidrBlock(zone.equals("a") ? "10.9.0.0/20" : "10.9.16.0/20"))
                            .subnet()
                            .subnetId())
                    .toList();
            clients.eks().createCluster(r -> r.name(NAME).roleArn(role).resourcesVpcConfig(v -> v.subnetIds(subnets)));
            backend.clouds.time().advance(Duration.ofMinutes(15));
            backend.aws().plantVolume(REGION, NAME, "theirs");
            backend.aws().plantLoadBalancer(REGION, NAME, "theirs");
            List<String> theirs = List.of("cluster " + NAME, "volume", "network-interface ELB", "vpc 10.9.0.0/16");

            backend.destroyed();

            theirs.forEach(
                    each -> assertThat(backend.aws().inventory()).as(each).anyMatch(line -> line.startsWith(each)));
            assertThat(backend.remains())
                    .noneMatch(line -> line.startsWith("vpc 10.0.0.0/16") || line.startsWith("role "));
            assertThat(backend.osmo.leftovers(spec().ref()))
                    .extracting(Leftover::kind)
                    .containsOnly("kms-key");
        }
    }

    /** Two accounts: the credentials' own one, and that of the role. */
    private static final class Accounts implements AutoCloseable {
        final VirtualTime time = VirtualTime.create();
        final EmulatedAws own = EmulatedAws.on(time);
        final EmulatedAws theirs =
                EmulatedAws.builder(time).accountId("210987654321").build();
        final OsmoBackends osmo = OsmoBackends.builder()
                .scheduler(time)
                .provider(new AwsProvider((region, settings) ->
                        settings.roleArn().isPresent() ? theirs.open(region, settings) : own.open(region, settings)))
                .build();

        @Override
        public void close() {
            osmo.close();
            own.close();
            theirs.close();
        }
    }

    @Test
    void a_backend_behind_a_role_is_found_by_its_spec() {
        try (Accounts accounts = new Accounts()) {
            OtherAccount.foundBySpec(accounts.osmo, THERE, "123456789012", "210987654321");

            assertThat(accounts.theirs.inventory()).allMatch(line -> line.startsWith("key PendingDeletion"));
        }
    }

    @Test
    void a_plan_is_refused_in_another_account() {
        try (Accounts accounts = new Accounts()) {
            accounts.osmo.apply(accounts.osmo.plan(spec()));
            accounts.osmo.apply(accounts.osmo.plan(THERE));
            Plan plan = accounts.osmo.planDestroy(spec().ref());
            accounts.theirs.forgetCalls();

            try (OsmoBackends wrong = OsmoBackends.builder()
                    .scheduler(accounts.time)
                    .provider(new AwsProvider(accounts.theirs))
                    .build()) {
                assertThatThrownBy(() -> wrong.apply(plan))
                        .isInstanceOf(StalePlanException.class)
                        .hasMessageContaining("210987654321");
            }

            assertThat(accounts.theirs.calls()).allMatch(Call::reads);
        }
    }

    @Test
    void the_creator_of_a_cluster_keeps_its_access() {
        String creator = "arn:aws:iam::123456789012:role/osmo-backend";
        try (EksBackend backend = new EksBackend()) {
            backend.applied(spec(s -> s.admin(creator)));
            backend.applied(spec());

            assertThat(backend.aws().inventory()).contains("access-entry " + creator + " STANDARD");
        }
    }

    @Test
    void the_caller_keeps_an_access_that_it_has_given_itself() {
        String caller = "arn:aws:iam::123456789012:role/osmo-backend";
        try (EksBackend backend = new EksBackend(account -> account.principal("role/Other"))) {
            backend.applied(spec());
            backend.clients().eks().deleteAccessEntry(r -> r.clusterName(NAME).principalArn(caller));
            String other = "arn:aws:iam::123456789012:role/Other";
            backend.applied(spec(s -> s.admin(caller).admin(other)));

            Plan plan = backend.osmo.plan(spec());

            assertThat(plan.warnings()).anyMatch(text -> text.startsWith(caller));
            assertThat(EksBackend.ids(plan)).containsExactly("DELETE access-entry/" + other);
            backend.applied(spec());
            assertThat(backend.aws().inventory()).contains("access-entry " + caller + " STANDARD");
            backend.destroyed();
            assertThat(backend.remains()).isEmpty();
        }
    }
}
