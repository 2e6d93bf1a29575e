/** What only a pod inside the cluster can prove. */
@NullMarked
package io.osmo.backend.verify.internal.catalog.probe;

import org.jspecify.annotations.NullMarked;
