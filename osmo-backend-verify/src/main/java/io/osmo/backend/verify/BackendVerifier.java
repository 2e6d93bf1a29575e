// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify;

import io.osmo.backend.Backend;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.kubernetes.KubernetesClients;
import io.osmo.backend.service.OsmoServiceClient;
import io.osmo.backend.verify.check.Check;
import io.osmo.backend.verify.check.Status;
import io.osmo.backend.verify.check.Waiver;
import io.osmo.backend.verify.internal.probe.ProbeRun;
import io.osmo.backend.verify.internal.read.Rbac;
import io.osmo.backend.verify.internal.verifier.ClusterReader;
import io.osmo.backend.verify.internal.verifier.Judge;
import io.osmo.backend.verify.internal.verifier.Outlook;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.report.Forecast;
import io.osmo.backend.verify.report.Report;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.Expectations;
import io.osmo.backend.verify.snapshot.Vantage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * Verifies that a cluster is an OSMO backend. Only reads, unless {@link #probes} are requested. Immutable and safe for concurrent
 * use; each method that configures returns a new verifier.
 *
 * <p>Reading blocks the caller for at most the {@linkplain #deadline deadline}, plus what the cloud's own client takes; an
 * interrupt ends it with a {@link java.util.concurrent.CancellationException}. Whatever the cluster or the cloud answers, a
 * verification does not throw: what could not be read is {@link Status#UNKNOWN}. An invalid kubeconfig is refused before anything
 * is read.
 */
public final class BackendVerifier {
    private final ClusterReader reader;
    private final Judge judge;

    private BackendVerifier(ClusterReader reader, Judge judge) {
        this.reader = reader;
        this.judge = judge;
    }

    /** All checks of the standard catalog, and those that {@link ServiceLoader} finds. */
    public static BackendVerifier standard() {
        return new BackendVerifier(ClusterReader.standard(), Judge.standard());
    }

    /**
     * Adds checks.
     *
     * @throws IllegalArgumentException if a check with the same id exists
     */
    public BackendVerifier with(Check... added) {
        return with(judge.with(judge.checks().with(List.of(added))));
    }

    /**
     * Keeps only the checks with these ids; {@code pool.*} means all ids that start with {@code pool.}.
     *
     * @throws IllegalArgumentException if ids belong to no check, which the message names, or if no check is left
     */
    public BackendVerifier only(String... wanted) {
        return with(judge.with(judge.checks().only(List.of(wanted))));
    }

    /**
     * Leaves out the checks with these ids; {@code pool.*} means all ids that start with {@code pool.}. Their requirements are
     * reported as not proven.
     *
     * @throws IllegalArgumentException if ids belong to no check, which the message names, or if no check is left
     */
    public BackendVerifier without(String... unwanted) {
        return with(judge.with(judge.checks().without(List.of(unwanted))));
    }

    /**
     * Keeps only the checks that are selected; see {@link io.osmo.backend.verify.check.Selection}.
     *
     * @throws IllegalArgumentException when no check is left: the report could not find any problem
     */
    public BackendVerifier select(Predicate<? super Check> selection) {
        return with(judge.with(judge.checks().select(selection)));
    }

    /**
     * Uses only these vantages. Checks that need others are skipped and prove nothing.
     *
     * @throws IllegalArgumentException when none is given
     */
    public BackendVerifier from(Vantage... wanted) {
        return with(reader.from(wanted));
    }

    /** How long reading the Kubernetes API may take. Default: 2 minutes. */
    public BackendVerifier deadline(Duration limit) {
        return with(reader.deadline(limit));
    }

    /**
     * Objects per page of a list, at least 1. Default: 2,000. Smaller pages need less memory with a server that does not send
     * protobuf, but more calls, each of which makes etcd count the rest of the list.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public BackendVerifier pageSize(int objects) {
        return with(reader.pageSize(objects));
    }

    /**
     * Accepts deviations for a while; see {@link Waiver}. Where several cover a check, one that has not expired is enough.
     *
     * @throws IllegalArgumentException naming each id that no check has, whether or not the check was selected
     */
    public BackendVerifier waive(Waiver... accepted) {
        return with(judge.waive(List.of(accepted)));
    }

    /**
     * Judges versions, retirements and waivers as of another day, such as the day of a release. Default: the day of the snapshot,
     * by the API server's clock.
     */
    public BackendVerifier asOf(LocalDate day) {
        return with(judge.asOf(day));
    }

    /**
     * Also runs probes, the only part that changes anything in a cluster; see {@link Probes}. They depend on the nodes in the
     * snapshot, so they need the vantage {@link Vantage#KUBERNETES}. The caller is blocked until the probes have ended, for at most
     * {@link Probes#overall()} more.
     */
    public BackendVerifier probes(Probes wanted) {
        return with(reader.probes(wanted));
    }

    /**
     * Also asks the OSMO service whether it accepts the backend. The backend's name is that in the spec, or else that of the operator in
     * the cluster. The client is not closed. The caller is blocked for up to 30 seconds more, until the next heartbeat.
     *
     * @param service such as {@code OsmoServiceClient.builder(spec).build()}
     */
    public BackendVerifier osmo(OsmoServiceClient service) {
        return with(reader.osmo(service));
    }

    private BackendVerifier with(ClusterReader other) {
        return new BackendVerifier(other, judge);
    }

    private BackendVerifier with(Judge other) {
        return new BackendVerifier(reader, other);
    }

    public List<Check> checks() {
        return judge.checks().selected();
    }

    /** Reads the cloud's API and the Kubernetes API of a backend, and judges them against its spec if that is known. */
    public Report verify(Backend backend) {
        return verify(snapshot(backend));
    }

    /** Reads and judges any cluster by its Kubernetes API alone. */
    public Report verify(ClusterAccess access, Expectations expectations) {
        return verify(snapshot(access, expectations));
    }

    /**
     * Reads and judges the cluster of a kubeconfig's current context.
     *
     * @throws io.osmo.backend.error.KubeconfigException naming every reason why the kubeconfig cannot be used
     */
    public Report verifyKubeconfig(Path kubeconfig) {
        return verify(snapshotKubeconfig(kubeconfig, Expectations.ofAnyBackend()));
    }

    /**
     * Reads and judges the cluster of one context of a kubeconfig.
     *
     * @throws io.osmo.backend.error.KubeconfigException naming every reason why the kubeconfig cannot be used
     */
    public Report verifyKubeconfig(Path kubeconfig, String context) {
        return verify(snapshotKubeconfig(kubeconfig, context, Expectations.ofAnyBackend()));
    }

    public ClusterSnapshot snapshot(Backend backend) {
        return reader.read(backend);
    }

    public ClusterSnapshot snapshot(ClusterAccess access, Expectations expectations) {
        return reader.read(access, expectations);
    }

    /**
     * Reads the cluster of a kubeconfig's current context.
     *
     * @param expectations such as {@link Expectations#ofAnyBackend()}
     * @throws io.osmo.backend.error.KubeconfigException naming every reason why the kubeconfig cannot be used
     */
    public ClusterSnapshot snapshotKubeconfig(Path kubeconfig, Expectations expectations) {
        return reader.readKubeconfig(() -> KubernetesClients.fromKubeconfig(kubeconfig), expectations);
    }

    /**
     * Reads the cluster of one context of a kubeconfig.
     *
     * @param expectations such as {@link Expectations#ofAnyBackend()}
     * @throws io.osmo.backend.error.KubeconfigException naming every reason why the kubeconfig cannot be used
     */
    public ClusterSnapshot snapshotKubeconfig(Path kubeconfig, String context, Expectations expectations) {
        return reader.readKubeconfig(() -> KubernetesClients.fromKubeconfig(kubeconfig, context), expectations);
    }

    /** Judges a snapshot. Pure: the same snapshot gives the same report, wherever and whenever. */
    public Report verify(ClusterSnapshot snapshot) {
        return judge.judge(snapshot);
    }

    /**
     * The days on which findings of a snapshot will change, according to the dates known today: the end of support of its
     * versions, retirements of images and machines, and the expiry of waivers and certificates. Pure.
     *
     * @param until last day to consider, in UTC
     * @return sorted by day; empty if nothing changes or if the day of the snapshot is not known
     */
    public List<Forecast> outlook(ClusterSnapshot snapshot, LocalDate until) {
        return new Outlook(judge, snapshot).until(until);
    }

    /**
     * The minimum rights for reading everything from the Kubernetes API: YAML with a ClusterRole, a Role in each namespace from
     * which more is read, and comments with the commands that bind them. With fewer rights, what cannot be read is
     * {@link Status#UNKNOWN}.
     */
    public static String requiredRbac() {
        return requiredRbac(Expectations.ofAnyBackend());
    }

    /** Like {@link #requiredRbac()}, for OSMO namespaces other than the default ones. */
    public static String requiredRbac(Expectations expectations) {
        return Rbac.yaml(expectations);
    }

    /** What probes need in addition: a ClusterRole, as YAML. With fewer rights, what cannot be probed is {@link Status#UNKNOWN}. */
    public static String requiredProbeRbac() {
        return ProbeRun.rbac();
    }

    /** The number of checks that it runs. */
    @Override
    public String toString() {
        return "BackendVerifier[" + checks().size() + " checks]";
    }
}
