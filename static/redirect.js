(()=>{var{target:t}=document.currentScript.dataset;location.hash&&!t.includes("#")&&location.replace(t+location.hash);})();
