/** An API server of Kubernetes: requests, verbs, storage, field ownership, admission. */
@NullMarked
package io.osmo.backend.testkit.cluster.internal;

import org.jspecify.annotations.NullMarked;
