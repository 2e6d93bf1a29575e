// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.kubernetes.DockerConfig;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.verify.internal.rules.PullCause;
import io.osmo.backend.verify.probe.Probes;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.NodeFacts;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of probes: removes what earlier runs left, makes a namespace and all pods in it, looks at them every two seconds by one
 * list until each has ended or its time is up, and removes the namespace. Between the looks no thread is held.
 */
public final class ProbeRun {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeRun.class);
    private static final Duration PACE = Duration.ofSeconds(2);

    /** What a run may take beyond its own deadline before it is given up, and an interrupted one to remove what it made. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Set<String> OUTSPOKEN = Set.of("NotTriggerScaleUp", "Unschedulable");
    private static final int TRIES_TO_REMOVE = 3;
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;
    private final Scheduler scheduler;
    private final Probes probes;
    private final ProbeNamespace namespace;
    private final List<Job> jobs;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final List<String> leftBehind = new ArrayList<>();
    private volatile boolean cancelled;
    private volatile boolean made;
    private volatile String uid = "";

    /**
     * What is known of a job's pod.
     *
     * @param created whether the API server has it
     * @param trouble why it will never be there; empty when nothing stands against it
     */
    private record Watched(boolean created, String trouble, PodOutcome outcome, Instant since, Optional<Instant> over) {
        Fact<PodOutcome> fact() {
            return trouble.isEmpty() ? Fact.of(outcome) : Fact.unknown(trouble);
        }
    }

    private ProbeRun(KubernetesClient client, Probes probes, ClusterSnapshot snapshot, List<NodeFacts> nodes) {
        this.client = client;
        this.scheduler = probes.scheduler();
        this.probes = probes;
        this.namespace = ProbeNamespace.of(scheduler.random());
        ProbePods pods = new ProbePods(
                namespace,
                probes.credentials().stream().map(Probes.Credential::secretName).toList());
        this.jobs = ProbePlan.of(probes, snapshot, nodes, pods, new KaiObjects(namespace));
    }

    /**
     * Runs probes and waits for them.
     *
     * @param snapshot what is known of the cluster; probes follow its nodes
     * @return unknown when no probe could run at all
     * @throws CancellationException when the calling thread was interrupted, which it then is again; what was made is removed
     */
    public static Fact<ProbeFacts> run(KubernetesClient client, Probes probes, ClusterSnapshot snapshot) {
        return snapshot.core().nodes().flatMap(nodes -> new ProbeRun(client, probes, snapshot, nodes).await());
    }

    /** The least rights that probes take beyond those of reading, as YAML. */
    public static String rbac() {
        return Right.yaml();
    }

    private Fact<ProbeFacts> await() {
        CompletableFuture<Fact<ProbeFacts>> result = start();
        try {
            return scheduler.await(result, probes.overall().plus(GRACE));
        } catch (TimeoutException e) {
            cancelled = true;
            settle(result);
            return Fact.unknown("the probes did not end within " + probes.overall());
        } catch (InterruptedException e) {
            cancelled = true;
            settle(result);
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while probing; the probes' namespace is being removed");
        }
    }

    /** Waits until a run that was given up has removed what it made. */
    private void settle(CompletableFuture<Fact<ProbeFacts>> result) {
        try {
            scheduler.await(result, GRACE);
        } catch (TimeoutException | InterruptedException | RuntimeException e) {
            LOG.warn("Namespace {} may be left; a later run with probes removes it", namespace.name(), e);
        }
    }

    private CompletableFuture<Fact<ProbeFacts>> start() {
        return sweep().thenCompose(swept -> jobs.isEmpty()
                        ? CompletableFuture.completedFuture(Fact.of(new Findings()))
                        : attempt(Right.CREATE_NAMESPACES, this::createNamespace)
                                .thenCompose(trouble -> trouble.isEmpty() ? fill() : unknown(trouble)))
                .handle((found, failure) -> remove().thenApply(removed -> failure == null
                        ? found.map(findings -> findings.facts(leftovers()))
                        : Fact.<ProbeFacts>unknown("the probes failed: " + root(failure))))
                .thenCompose(last -> last);
    }

    private static <T> CompletableFuture<Fact<T>> unknown(String reason) {
        return CompletableFuture.completedFuture(Fact.unknown(reason));
    }

    // ---------------------------------------------------------------------------------------- what was before

    private CompletableFuture<Void> sweep() {
        return attempt(
                        Right.LIST_NAMESPACES,
                        () -> client
                                .namespaces()
                                .withLabel(ProbeNamespace.MANAGED_BY, ProbeNamespace.MANAGER)
                                .list()
                                .getItems()
                                .stream()
                                .filter(found -> ProbeNamespace.isLeftover(found, scheduler.now()))
                                .forEach(this::removeLeftover))
                .thenAccept(trouble -> note("what an earlier run may have left", trouble));
    }

    private void removeLeftover(Namespace found) {
        LOG.info(
                "Removing the namespace {} that an earlier run of probes has left",
                found.getMetadata().getName());
        try {
            client.resource(found).delete();
        } catch (KubernetesClientException e) {
            note(found.getMetadata().getName(), describe(Right.DELETE_NAMESPACES, e));
        }
    }

    private void note(String what, String trouble) {
        if (!trouble.isEmpty()) {
            synchronized (leftBehind) {
                leftBehind.add(what + ": " + trouble);
            }
        }
    }

    private Optional<String> leftovers() {
        synchronized (leftBehind) {
            return leftBehind.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", leftBehind));
        }
    }

    // -------------------------------------------------------------------------------------------- what is made

    private void createNamespace() {
        made = true;
        try {
            uid = client.resource(namespace.manifest(scheduler.now(), probes.overall()))
                    .create()
                    .getMetadata()
                    .getUid();
        } catch (KubernetesClientException e) {
            // It is somebody else's.
            made = e.getCode() != CONFLICT;
            throw e;
        }
    }

    private CompletableFuture<Fact<Findings>> fill() {
        List<CompletableFuture<String>> secrets = probes.credentials().stream()
                .map(secret -> attempt(Right.CREATE_SECRETS, () -> create(secret(secret))))
                .toList();
        return all(secrets).thenCompose(done -> {
            String trouble = secrets.stream()
                    .map(CompletableFuture::join)
                    .filter(t -> !t.isEmpty())
                    .findFirst()
                    .orElse("");
            Instant now = scheduler.now();
            jobs.forEach(job ->
                    watched.put(job.name(), new Watched(false, trouble, PodOutcome.NONE, now, Optional.empty())));
            return look();
        });
    }

    private CompletableFuture<Void> createMissing() {
        return all(jobs.stream()
                .filter(job -> !known(job).created() && known(job).trouble().isEmpty())
                .map(this::create)
                .toList());
    }

    private CompletableFuture<Void> create(Job job) {
        CompletableFuture<String> needs = CompletableFuture.completedFuture("");
        for (Job.Need need : job.needs()) {
            needs = needs.thenCompose(trouble -> trouble.isEmpty()
                    ? attempt(need.right(), () -> create(need.object()))
                    : CompletableFuture.completedFuture(trouble));
        }
        return needs.thenCompose(trouble -> trouble.isEmpty()
                        ? attempt(Right.CREATE_PODS, () -> create(job.pod()))
                        : CompletableFuture.completedFuture(trouble))
                .thenAccept(trouble -> watched.computeIfPresent(job.name(), (name, before) -> {
                    // A controller gives a new namespace its service account, a moment after it was made.
                    boolean early = trouble.contains("serviceaccount \"default\" not found");
                    return new Watched(
                            trouble.isEmpty(), early ? "" : trouble, before.outcome(), before.since(), before.over());
                }));
    }

    /** Creates an object; that it is there already is the outcome of an earlier try that nobody heard of. */
    private void create(HasMetadata object) {
        if (!namespace.name().equals(object.getMetadata().getNamespace())) {
            own(object);
        }
        try {
            if (object instanceof GenericKubernetesResource custom) {
                client.genericKubernetesResources(KaiObjects.contextOf(custom))
                        .resource(custom)
                        .create();
            } else {
                client.resource(object).create();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != CONFLICT) {
                throw e;
            }
        }
    }

    /** What stands in another namespace or in none is owned by the run's, with which Kubernetes removes it, also after a crash. */
    private void own(HasMetadata object) {
        object.getMetadata()
                .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Namespace")
                        .withName(namespace.name())
                        .withUid(uid)
                        .build()));
    }

    private Secret secret(Probes.Credential pull) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(pull.secretName())
                .withNamespace(namespace.name())
                .withLabels(namespace.labels())
                .endMetadata()
                .withType(DockerConfig.TYPE)
                .addToStringData(DockerConfig.KEY, DockerConfig.json(pull.registry(), pull.username(), pull.password()))
                .build();
    }

    // ------------------------------------------------------------------------------------------ what comes of it

    private CompletableFuture<Fact<Findings>> look() {
        if (cancelled || jobs.stream().allMatch(job -> known(job).over().isPresent())) {
            return conclude();
        }
        return createMissing().thenCompose(created -> listPods()).thenCompose(trouble -> {
            if (!trouble.isEmpty()) {
                return unknown(trouble);
            }
            if (cancelled || jobs.stream().allMatch(job -> known(job).over().isPresent())) {
                return conclude();
            }
            CompletableFuture<Fact<Findings>> next = new CompletableFuture<>();
            scheduler.after(
                    PACE,
                    () -> look().whenComplete((found, failure) -> {
                        if (failure == null) {
                            next.complete(found);
                        } else {
                            next.completeExceptionally(failure);
                        }
                    }));
            return next;
        });
    }

    /** Looks at all pods. An API server that does not answer for once is asked again; one that forbids it is not. */
    private CompletableFuture<String> listPods() {
        return scheduler
                .call(() -> namespaces()
                        .flatMap(name ->
                                client
                                        .pods()
                                        .inNamespace(name)
                                        .withLabels(namespace.labels())
                                        .list()
                                        .getItems()
                                        .stream())
                        .toList())
                .handle((pods, failure) -> {
                    Throwable cause = failure == null ? null : root(failure);
                    if (cause instanceof KubernetesClientException refused && refused.getCode() == FORBIDDEN) {
                        return describe(Right.LIST_PODS, refused);
                    }
                    String away = cause == null ? "" : describe(Right.LIST_PODS, cause);
                    Map<String, Pod> byName = new HashMap<>();
                    if (pods != null) {
                        pods.forEach(pod -> byName.put(pod.getMetadata().getName(), pod));
                    }
                    jobs.forEach(job -> watched.computeIfPresent(
                            job.name(),
                            (name, before) -> seen(job, before, Optional.ofNullable(byName.get(name)), away)));
                    return "";
                });
    }

    /** @param away why the API server did not tell; empty when it did */
    private Watched seen(Job job, Watched before, Optional<Pod> pod, String away) {
        if (before.over().isPresent()) {
            return before;
        }
        PodOutcome outcome =
                pod.map(p -> PodOutcome.of(p).after(before.outcome())).orElse(before.outcome());
        Instant now = scheduler.now();
        boolean late = !now.isBefore(before.since().plus(job.limit()));
        boolean over = late || !before.trouble().isEmpty() || job.over().test(outcome);
        String trouble = before.trouble();
        if (late && trouble.isEmpty()) {
            trouble = before.created() ? away : "the cluster gave the new namespace no service account in time";
        }
        return new Watched(
                before.created(), trouble, outcome, before.since(), over ? Optional.of(now) : Optional.empty());
    }

    private Watched known(Job job) {
        return Objects.requireNonNull(watched.get(job.name()));
    }

    private CompletableFuture<Fact<Findings>> conclude() {
        Map<String, String> events = new HashMap<>();
        return attempt(Right.LIST_EVENTS, () -> events.putAll(events())).thenApply(trouble -> {
            Findings findings = new Findings();
            for (Job job : jobs) {
                Watched end = known(job);
                Duration waited = Duration.between(end.since(), end.over().orElse(end.since()));
                job.lesson().learn(end.fact(), waited, events.getOrDefault(job.name(), ""), findings);
            }
            return Fact.of(findings);
        });
    }

    /** Those that pods of this run are in: its own, and perhaps that of workflows. */
    private Stream<String> namespaces() {
        return jobs.stream().map(job -> job.pod().getMetadata().getNamespace()).distinct();
    }

    /** The last warning about each object, and what autoscalers and KAI say, which they do not always call a warning. */
    private Map<String, String> events() {
        Map<String, String> events = new HashMap<>();
        Stream<Event> elsewhere = jobs.stream()
                .map(job -> job.pod().getMetadata())
                .filter(pod -> !pod.getNamespace().equals(namespace.name()))
                .flatMap(pod -> client
                        .v1()
                        .events()
                        .inNamespace(pod.getNamespace())
                        .withField("involvedObject.name", pod.getName())
                        .list()
                        .getItems()
                        .stream());
        Stream.concat(client.v1().events().inNamespace(namespace.name()).list().getItems().stream(), elsewhere)
                .filter(e ->
                        "Warning".equals(e.getType()) || (e.getReason() != null && OUTSPOKEN.contains(e.getReason())))
                .filter(e -> e.getMessage() != null && e.getInvolvedObject().getName() != null)
                .sorted(Comparator.comparing(e -> e.getLastTimestamp() == null ? "" : e.getLastTimestamp()))
                .forEach(e -> events.merge(
                        e.getInvolvedObject().getName(),
                        PullCause.withoutQueries(e.getMessage()),
                        // Why it could not be pulled says more than that it will be tried again later.
                        (before, last) ->
                                before.startsWith("Failed to pull image") && !last.startsWith("Failed to pull")
                                        ? before
                                        : last));
        return events;
    }

    // ---------------------------------------------------------------------------------------------- the way out

    private CompletableFuture<Void> remove() {
        return made ? remove(1) : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> remove(int tries) {
        return attempt(Right.DELETE_NAMESPACES, () -> {
                    try {
                        client.namespaces().withName(namespace.name()).delete();
                    } catch (KubernetesClientException e) {
                        if (e.getCode() != NOT_FOUND) {
                            throw e;
                        }
                    }
                })
                .thenCompose(trouble -> {
                    if (trouble.isEmpty()) {
                        return CompletableFuture.completedFuture(null);
                    }
                    if (tries == TRIES_TO_REMOVE) {
                        note("the namespace " + namespace.name(), trouble);
                        return CompletableFuture.completedFuture(null);
                    }
                    CompletableFuture<Void> next = new CompletableFuture<>();
                    scheduler.after(PACE, () -> remove(tries + 1).whenComplete((done, failure) -> next.complete(null)));
                    return next;
                });
    }

    // -------------------------------------------------------------------------------------------------- calls

    /** Makes a blocking call; what went wrong, in words, or an empty text. */
    private CompletableFuture<String> attempt(Right right, Runnable call) {
        Supplier<Boolean> work = () -> {
            call.run();
            return true;
        };
        return scheduler
                .call(work::get)
                .handle((done, failure) -> failure == null ? "" : describe(right, root(failure)));
    }

    private static String describe(Right right, Throwable failure) {
        String message = failure instanceof KubernetesClientException refused
                        && refused.getStatus() != null
                        && refused.getStatus().getMessage() != null
                ? refused.getStatus().getMessage()
                : String.valueOf(failure.getMessage());
        boolean admission = message.contains("violates PodSecurity") || message.contains("serviceaccount");
        return failure instanceof KubernetesClientException refused && refused.getCode() == FORBIDDEN && !admission
                ? "403 on " + right.action() + ": " + message + "; a ClusterRole with the rule " + right.rule()
                        + " mends it"
                : "could not " + right.action() + ": " + message;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root instanceof CompletionException && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }
}
