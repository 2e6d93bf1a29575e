// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.cluster.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that was read about the nodes of one pool.
 *
 * @param <F> facts that only one cloud has, such as routes and roles
 * @param pool name of the pool in the spec
 * @param wanted the desired number of nodes in the cloud
 * @param nodes the nodes of the pool in the cluster
 * @param statements messages of the cloud
 * @param facts what was read about what nodes need
 * @param unread what could not be read and why
 */
public record JoinEvidence<F>(
        String pool, int wanted, Fact<ClusterNodes> nodes, List<Statement> statements, F facts, List<String> unread) {
    public JoinEvidence {
        statements = List.copyOf(statements);
        unread = List.copyOf(unread);
    }

    /** Whether all desired nodes are ready and none waits for a certificate. */
    boolean joined() {
        return nodes.known()
                .filter(found -> found.ready() >= wanted && !found.awaitCertificates())
                .isPresent();
    }

    /** Whether the cluster was read and has fewer nodes of the pool than desired, counting those that are not ready. */
    public boolean lacksNodes() {
        return nodes.known().filter(found -> found.nodes().size() < wanted).isPresent();
    }

    /** The first statement whose code or text contains the pattern. */
    public Optional<Statement> said(Pattern pattern) {
        return statements.stream()
                .filter(each -> pattern.matcher(each.code()).find()
                        || pattern.matcher(each.text()).find())
                .findFirst();
    }

    /** The evidence for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        nodes.known().ifPresent(found -> {
            lines.add(found.ready() + " of " + wanted + " nodes are ready");
            found.nodes().stream()
                    .filter(node -> !node.ready())
                    .forEach(node -> lines.add("node " + node.name() + " is not ready: " + node.notReady()));
            found.complaints().forEach(event -> lines.add(event.toString()));
            found.pending()
                    .forEach(held -> lines.add("certificate request " + held.name() + " of " + held.requestor()
                            + " is pending (" + held.signer() + ")"));
        });
        statements.forEach(each -> lines.add(each.toString()));
        return lines;
    }

    /** What could not be read. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>(unread);
        nodes.known().ifPresent(found -> {
            if (found.held() instanceof Fact.Unknown<List<ClusterNodes.HeldCertificate>> unknown) {
                gaps.add("certificate requests: " + unknown.reason());
            }
            if (found.events() instanceof Fact.Unknown<List<ClusterNodes.NodeEvent>> unknown) {
                gaps.add("events of nodes: " + unknown.reason());
            }
        });
        if (nodes instanceof Fact.Unknown<ClusterNodes> unknown) {
            gaps.add("nodes in the cluster: " + unknown.reason());
        }
        return gaps;
    }
}
