// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.osmo.backend.ApplyHandle;
import io.osmo.backend.ApplyOptions;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.error.PartialApplyException;
import io.osmo.backend.event.Event;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.cluster.PodEnd;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A chart that two hosts install at the same time, that a host dies of, or that Helm has not finished. */
class ChartsAtOnceTest extends ChartLab {
    private final OsmoBackends other = host();

    /** Lets the next apply begin at once, as in another JVM: within one, applies of the same backend wait for each other. */
    private static void leaveJvm() throws ReflectiveOperationException {
        Class<?> lock = Class.forName("io.osmo.backend.internal.engine.LocalLock");
        Field jvm = lock.getDeclaredField("JVM");
        Field queues = lock.getDeclaredField("tails");
        jvm.setAccessible(true);
        queues.setAccessible(true);
        ((Map<?, ?>) queues.get(jvm.get(null))).remove(BARE.ref());
    }

    private List<String> revisions() {
        return revisions("name", "sched");
    }

    @Test
    void two_hosts_with_the_same_plan_both_succeed_and_record_one_revision() throws Exception {
        Plan plan = osmo.plan(file.in(BARE));
        Plan same = other.plan(file.in(BARE));

        ApplyHandle first = osmo.start(plan, ApplyOptions.defaults());
        leaveJvm();
        ApplyHandle second = other.start(same, ApplyOptions.defaults());
        first.await();
        second.await();

        assertThat(revisions()).containsExactly("sh.helm.release.v1.sched.v1 deployed");
        assertThat(osmo.plan(file.in(BARE)).isEmpty()).isTrue();
    }

    @Test
    void of_two_hosts_with_different_charts_the_later_one_goes_on_and_the_earlier_one_stops() throws Exception {
        cluster.runPods(
                pod -> pod.image().endsWith(":1.0") ? new PodEnd.NotPulled("unauthorized") : new PodEnd.Running());
        ApplyHandle first = osmo.start(osmo.plan(file.in(BARE)), ApplyOptions.defaults());
        time.advance(Duration.ofMinutes(1));

        Plan later = other.plan(file.with("TAG", "1.1").in(BARE));
        leaveJvm();
        ApplyHandle second = other.start(later, ApplyOptions.defaults());
        second.await();

        assertThatThrownBy(first::await)
                .isInstanceOf(PartialApplyException.class)
                .hasMessageContaining(
                        "another apply has begun to install sched-1.0.0 with other content," + " so this one stops");
        assertThat(cluster.json("Deployment", "sched", "scheduler")).contains("scheduler:1.1");
        assertThat(revisions()).containsExactly("sh.helm.release.v1.sched.v1 deployed");
        assertThat(osmo.plan(file.in(BARE)).isEmpty()).isTrue();
    }

    @Test
    void an_installation_that_a_host_died_of_is_completed_by_the_next_apply() {
        Plan plan = osmo.plan(file.in(BARE));
        cloud.faults()
                .onCalls(call -> call.operation().contains("/deployments/"))
                .crashAfter();

        assertThatThrownBy(() -> osmo.apply(plan)).isInstanceOf(VirtualTime.SimulatedCrash.class);
        cloud.faults().clear();
        assertThat(revisions()).containsExactly("osmo-chart-attempt.sched null");

        other.apply(other.plan(file.in(BARE)));

        assertThat(revisions()).containsExactly("sh.helm.release.v1.sched.v1 deployed");
        assertThat(other.plan(file.in(BARE)).isEmpty()).isTrue();
    }

    @Test
    void a_release_that_helm_is_changing_is_waited_for() {
        osmo.apply(osmo.plan(file.in(BARE)));
        status("deployed", "pending-upgrade");
        file.with("TAG", "1.1");
        Set<String> reasons = new HashSet<>();
        ApplyHandle handle =
                osmo.start(osmo.plan(file.in(BARE)), ApplyOptions.defaults().listener(event -> {
                    if (event instanceof Event.ResourceWaiting waiting) {
                        reasons.add(waiting.reason());
                    }
                }));
        time.advance(Duration.ofMinutes(1));

        assertThat(reasons).anyMatch(reason -> reason.contains("Helm has not finished revision 1 (pending-upgrade)"));
        assertThat(cluster.json("Deployment", "sched", "scheduler")).contains("scheduler:1.0");
        status("pending-upgrade", "deployed");
        handle.await();

        assertThat(cluster.json("Deployment", "sched", "scheduler")).contains("scheduler:1.1");
    }

    /** As Helm writes it: in the label, and inside. */
    private void status(String before, String after) {
        Secret record = records("name", "sched").get(0);
        HelmContent content = HelmContent.of(record);
        record.getMetadata().getLabels().put("status", after);
        record.getData().put("release", content.replace(before, after).encoded());
        client.resource(record).update();
    }
}
