/** Which temporary pods a verification may run in a cluster, and how long they may take. */
@NullMarked
package io.osmo.backend.verify.probe;

import org.jspecify.annotations.NullMarked;
