/** A session, and what it is made of: the graph, the inside of the cluster, the list of backends. */
@NullMarked
package io.osmo.backend.aws.internal.session;

import org.jspecify.annotations.NullMarked;
