/**
 * Kubernetes API servers in this process, for the clusters of emulated clouds.
 *
 * <p>They are a small generic API server of our own on the JDK's HTTP server, rather than a wrapper of fabric8's mock server: of what
 * the cluster side relies on (server-side apply with field ownership, paging, dry run, honest health endpoints, namespaces
 * that must exist, immutable fields) the mock has nothing, so a wrapper would have replaced all of it and kept only storage;
 * and it would have put Vert.x and Netty on the class path of every host's tests. One server on one port holds all
 * clusters, told apart by path, so that a thousand of them cost one thread.
 */
@NullMarked
package io.osmo.backend.testkit.cluster;

import org.jspecify.annotations.NullMarked;
