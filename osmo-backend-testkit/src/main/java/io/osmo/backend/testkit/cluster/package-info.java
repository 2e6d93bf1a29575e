/**
 * Kubernetes API servers in this process, for the clusters of emulated clouds.
 *
 * <p>They are a small generic API server on the JDK's HTTP server rather than a wrapper of fabric8's mock server. The mock has nothing
 * of what the cluster side relies on (server-side apply with field ownership, paging, dry run, real health endpoints, namespaces
 * that must exist, immutable fields), so a wrapper would have replaced everything but its storage, and it would have put Vert.x
 * and Netty on the class path of every host's tests. One server on one port holds all clusters, distinguished by path, so that a
 * thousand of them need one thread.
 */
@NullMarked
package io.osmo.backend.testkit.cluster;

import org.jspecify.annotations.NullMarked;
