// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.spi.NodeLabel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes of a cluster, the certificates that kubelets wait for, and warnings about nodes.
 *
 * @param held certificate requests that have been neither approved nor denied
 * @param events warnings about nodes, the oldest first
 */
public record ClusterNodes(List<Node> nodes, Fact<List<HeldCertificate>> held, Fact<List<NodeEvent>> events) {
    /** Prefix of the user names of kubelets. */
    private static final String NODE = "system:node:";

    /**
     * One node.
     *
     * @param notReady the reason that the node gives; empty if it is ready
     */
    public record Node(String name, Map<String, String> labels, boolean ready, String notReady) {}

    /**
     * A request for a certificate.
     *
     * @param signer such as {@code kubernetes.io/kubelet-serving}
     * @param requestor the user that asks for it, such as {@code system:node:ip-10-0-1-7.ec2.internal}
     */
    public record HeldCertificate(String name, String signer, String requestor) {}

    /**
     * A warning about a node, as its kubelet or a controller records it.
     *
     * @param reason such as {@code SystemOOM}
     */
    public record NodeEvent(String node, String reason, String message) {
        @Override
        public String toString() {
            return "event of node " + node + ": " + reason + ": " + message;
        }
    }

    public ClusterNodes {
        nodes = List.copyOf(nodes);
    }

    /**
     * The nodes of one pool. All held certificates are kept, because a request does not name its pool.
     *
     * @param pool the label of the pool in the cloud, or of each of its parts
     */
    public ClusterNodes of(Set<NodeLabel> pool) {
        List<Node> own = nodes.stream()
                .filter(node -> pool.stream()
                        .anyMatch(label -> label.value().equals(node.labels().get(label.key()))))
                .toList();
        return new ClusterNodes(
                own,
                held,
                events.map(all -> all.stream()
                        .filter(event ->
                                own.stream().anyMatch(node -> node.name().equals(event.node())))
                        .toList()));
    }

    /**
     * The nodes of one pool that consists of several parts in the cloud, such as one per zone.
     *
     * @param key key of the label that names the part
     * @param parts names of the parts
     */
    public static CompletableFuture<Fact<ClusterNodes>> of(
            CompletableFuture<Fact<ClusterNodes>> all, String key, Stream<String> parts) {
        Set<NodeLabel> labels = parts.map(part -> new NodeLabel(key, part)).collect(Collectors.toSet());
        return all.thenApply(fact -> fact.map(nodes -> nodes.of(labels)));
    }

    /** Whether one of the nodes waits for its certificate. */
    boolean awaitCertificates() {
        return pending().stream()
                .anyMatch(each ->
                        nodes.stream().anyMatch(node -> each.requestor().equals(NODE + node.name())));
    }

    /** Warnings about nodes that are not ready, as far as they could be read. */
    List<NodeEvent> complaints() {
        return events.known().orElse(List.of()).stream()
                .filter(event -> nodes.stream()
                        .anyMatch(node -> !node.ready() && node.name().equals(event.node())))
                .toList();
    }

    /** The certificates that are held, as far as they could be read. */
    List<HeldCertificate> pending() {
        return held.known().orElse(List.of());
    }

    public long ready() {
        return nodes.stream().filter(Node::ready).count();
    }
}
