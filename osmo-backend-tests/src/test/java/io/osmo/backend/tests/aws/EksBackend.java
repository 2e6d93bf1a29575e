// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.aws.Models;
import io.osmo.backend.testkit.internal.aws.AwsModels;
import java.util.List;
import java.util.function.UnaryOperator;

/** A backend on an emulated account of its own, for tests; requests that break the vendor's models fail at the end. */
final class EksBackend implements AutoCloseable {
    static final String REGION = "us-west-2";
    static final String NAME = "train-west";

    final AwsModels models = Models.load();
    final EmulatedClouds clouds;
    final OsmoBackends osmo;

    EksBackend() {
        this(account -> account);
    }

    EksBackend(UnaryOperator<EmulatedAws.Builder> account) {
        clouds = EmulatedClouds.create(builder -> account.apply(builder.inspector(models)));
        osmo = clouds.open();
    }

    EmulatedAws aws() {
        return clouds.aws();
    }

    /** The account's own clients, for what people do by hand. */
    AwsClients clients() {
        return aws().open(REGION, EksSettings.builder().build());
    }

    /** Takes all tags off an object of EC2. */
    void untag(String resource) {
        String id = id(resource);
        clients().ec2().deleteTags(r -> r.resources(id));
    }

    /** EC2's id of a resource of the backend. */
    String id(String resource) {
        return clients()
                .ec2()
                .describeTags(r -> r.filters(
                        f -> f.name("key").values("osmo-resource"),
                        f -> f.name("value").values(resource)))
                .tags()
                .stream()
                .map(tag -> tag.resourceId())
                .findFirst()
                .orElseThrow();
    }

    /** A production backend with one CPU pool, which may be deleted. */
    static BackendSpec spec(UnaryOperator<BackendSpecBuilder> change) {
        return change.apply(BackendSpec.builder(NAME)
                        .on("aws", REGION)
                        .deletionProtection(false)
                        .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2)))
                .build();
    }

    static BackendSpec spec() {
        return spec(s -> s);
    }

    /** Applies, and sees that a second plan has nothing to do. */
    Backend applied(BackendSpec spec) {
        Backend backend = osmo.apply(osmo.plan(spec));
        assertThat(osmo.plan(spec).changes()).as("second plan").isEmpty();
        return backend;
    }

    Backend destroyed() {
        return osmo.apply(osmo.planDestroy(spec().ref()));
    }

    /** What stands in the account beside keys that wait for their deletion. */
    List<String> remains() {
        return aws().inventory().stream()
                .filter(line -> !line.startsWith("key PendingDeletion"))
                .toList();
    }

    static List<String> ids(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.action() + " " + text(change.resource()))
                .toList();
    }

    private static String text(ResourceId id) {
        return id.toString();
    }

    @Override
    public void close() {
        osmo.close();
        clouds.close();
        assertThat(models.violations()).isEmpty();
    }
}
