/** What a verification may do inside a cluster: temporary pods, and how long they may take. */
@NullMarked
package io.osmo.backend.verify.probe;

import org.jspecify.annotations.NullMarked;
